import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { FromServer } from '../contract/host.ts'
import { buildAppIfStale } from './build-app.ts'

const dist = path.resolve(import.meta.dirname, '../dist')
const read = (name: string) => readFileSync(path.join(dist, name), 'utf8')

/** What a bundle still asks for when it runs. */
function wanted(code: string): string[] {
  const found = code.matchAll(/^import\b[^'"`]*?["']([^"']+)["']|\b(?:__)?require\(["'`]([^"'`]+)["'`]\)/gm)
  const names = [...found].map(([, imported, required]) => imported ?? required ?? '')
  const isNodes = (name: string) => name.startsWith('node:') || builtinModules.includes(name)
  return [...new Set(names.filter((name) => !isNodes(name) && !name.startsWith('./')))].sort()
}

describe('the built app', { timeout: 120_000 }, () => {
  beforeAll(() => buildAppIfStale(() => undefined), 120_000)

  test('needs nothing but Electron and the native module', () => {
    expect(wanted(read('electron/main.js'))).toEqual(['better-sqlite3', 'electron'])
    expect(wanted(read('electron/preload.cjs'))).toEqual(['electron'])
    expect(existsSync(path.join(dist, 'server/reader.js'))).toBe(true)
    expect(existsSync(path.join(dist, 'server/writer.js'))).toBe(true)
  })

  test('has no means to make a server run out of memory, which tests have', () => {
    const all = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    const bundles = all.filter((name) => /^(?:electron|server)\/[^/]+\.c?js$/.test(name)).map(read)
    const hog = readFileSync(path.resolve(dist, '../server/testing/hog.ts'), 'utf8')
    for (const trace of ['fillHeap', 'message.allocate', 'held.push']) {
      expect(hog).toContain(trace)
      expect(bundles.filter((code) => code.includes(trace))).toEqual([])
    }
    // Names would be there as they are.
    expect(bundles.filter((code) => code.includes('keepCompiled'))).not.toEqual([])
  })

  test('is a program of its own, with a splash page that its policy allows', () => {
    const { type, main, version } = JSON.parse(read('package.json')) as Record<string, string>
    expect({ type, main }).toEqual({ type: 'module', main: 'electron/main.js' })
    expect(version).toMatch(/^\d+\.\d+\.\d+/)
    const html = read('electron/splash/index.html')
    expect(html).not.toMatch(/crossorigin|<style|style=|<script(?![^>]*src=)|https?:/)
    for (const [, file] of html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)) {
      expect(existsSync(path.join(dist, 'electron/splash', file ?? ''))).toBe(true)
    }
  })

  test('its server runs under plain Node, with no package but SQLite: ready, healthy, drained', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'timetrack-built-'))
    const app = path.join(folder, 'app')
    const data = path.join(folder, 'data')
    cpSync(path.join(dist, 'server'), path.join(app, 'dist/server'), { recursive: true })
    cpSync(path.join(dist, 'package.json'), path.join(app, 'dist/package.json'))
    mkdirSync(path.join(app, 'node_modules'))
    symlinkSync(
      path.join(dist, '../node_modules/better-sqlite3'),
      path.join(app, 'node_modules/better-sqlite3'),
    )
    const entry = path.join(app, 'dist/server/main.js')
    const server = spawn(process.execPath, [entry, '--port', '0', '--data', data], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const ended = new Promise((resolve) => server.once('exit', resolve))
    try {
      const port = await new Promise<number>((resolve, reject) => {
        server.on('message', (message) => {
          const parsed = FromServer.parse(message)
          if (parsed.kind === 'ready') resolve(parsed.port)
        })
        void ended.then((code) => reject(new Error(`the server ended with ${String(code)}`)))
      })
      const health = await fetch(`http://127.0.0.1:${port}/health`)
      const { version } = JSON.parse(read('package.json')) as { version: string }
      expect(await health.json()).toMatchObject({
        status: 'ok',
        version,
        threads: { 'reader 1': 'ok', 'reader 2': 'ok', writer: 'ok' },
      })
      expect(await (await fetch(`http://127.0.0.1:${port}/events?limit=100`)).json()).toEqual([])
      server.send({ kind: 'drain', reason: 'test' })
      expect(await ended).toBe(0)
    } finally {
      server.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
