import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readArguments } from '../electron/arguments.ts'
import { chooseShell } from './electron.ts'
import { readOptions, type Options } from './options.ts'
import { runWindow, windowArguments } from './window.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'timetrack-window-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const options = readOptions(['--windowed', '--port', '8123', '--data', '/srv/tt'], {}) as Options

/** An executable in place of Electron's: notes how it was called, then does as told. */
function standIn(then: string): { binary: string; notes: string } {
  const binary = path.join(folder, 'electron')
  const notes = path.join(folder, 'notes')
  writeFileSync(
    binary,
    `#!/bin/sh\nprintf '%s\\n' "$@" "as node: \${ELECTRON_RUN_AS_NODE:-no}" > '${notes}'\n${then}\n`,
  )
  chmodSync(binary, 0o755)
  return { binary, notes }
}

test('Electron gets the app, our options and a heap limit, and its exit code is passed on', async () => {
  const { binary, notes } = standIn('exit 7')
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  expect(await runWindow({ binary, app: '/app/dist', options, env })).toBe(7)
  expect(readFileSync(notes, 'utf8').trim().split('\n')).toEqual([
    '--js-flags=--max-old-space-size=128 --max-semi-space-size=4',
    '/app/dist',
    '--port',
    '8123',
    '--host',
    '0.0.0.0',
    '--data',
    '/srv/tt',
    '--windowed',
    'as node: no',
  ])
})

test('the app understands what it is given', () => {
  expect(readArguments(windowArguments({ app: '/app/dist', options }), {}, '/home/anna')).toMatchObject({
    windowed: true,
    port: 8123,
    host: '0.0.0.0',
    data: '/srv/tt',
  })
})

test('a signal is passed on once, as the one that drains', { timeout: 60_000 }, async () => {
  const count = path.join(folder, 'signals')
  const { binary, notes } = standIn(
    `trap 'echo TERM >> "${count}"; sleep 0.5; exit 3' TERM\ntrap 'echo INT >> "${count}"' INT\necho up >> '${folder}/up'\nwhile :; do sleep 0.05; done`,
  )
  const program = `
    import { runWindow } from ${JSON.stringify(path.join(import.meta.dirname, 'window.ts'))}
    const options = ${JSON.stringify(options)}
    process.exit(await runWindow({ binary: ${JSON.stringify(binary)}, app: 'dist', options, env: process.env }))`
  const file = path.join(folder, 'start.ts')
  writeFileSync(file, program)
  const start = spawn(process.execPath, [file], { stdio: 'ignore' })
  const ended = new Promise((resolve) => start.once('exit', resolve))
  await expect.poll(() => existsSync(path.join(folder, 'up')), { timeout: 30_000 }).toBe(true)
  start.kill('SIGINT')
  start.kill('SIGTERM')
  expect(await ended).toBe(3)
  expect(readFileSync(count, 'utf8')).toBe('TERM\n')
  expect(existsSync(notes)).toBe(true)
})

test('an executable that is not there is an error in words', async () => {
  const binary = path.join(folder, 'missing')
  await expect(runWindow({ binary, app: 'dist', options, env: {} })).rejects.toThrow(
    /Electron could not be started/,
  )
})

test('an Electron may be named', () => {
  const { binary } = standIn('exit 0')
  const env = { DISPLAY: ':0', TIMETRACK_ELECTRON: binary }
  expect(chooseShell(false, env, () => undefined)).toEqual({ kind: 'electron', binary })
  expect(chooseShell(true, env, () => undefined)).toMatchObject({ kind: 'headless' })
  expect(chooseShell(false, { ...env, TIMETRACK_ELECTRON: `${binary}-not` }, () => undefined)).toMatchObject({
    kind: 'headless',
    why: /there is no/,
  })
})
