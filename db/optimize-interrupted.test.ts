import Database from 'better-sqlite3'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NEXT_MIGRATIONS, fill, neglect, schemaText } from './fixtures/neglected.ts'
import { optimizeDatabase } from './optimize.ts'
import { openWriter } from './open.ts'
import { DatabaseProblem } from './problem.ts'

const NOW = Date.parse('2026-11-24T17:00:00Z')
const EVENTS = 4000

let folder: string
let neglected: string
let before: string
let after: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-interrupted-'))
  neglected = join(folder, 'neglected.db')
  fill(neglected, EVENTS)
  neglect(neglected)
  before = stateOf(neglected)
  const done = join(folder, 'done.db')
  copyFileSync(neglected, done)
  optimizeDatabase(done, NOW, NEXT_MIGRATIONS)
  after = stateOf(done)
  expect(after).not.toBe(before)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a file holds, as whoever opens it next finds it. @throws when it is damaged */
function stateOf(file: string): string {
  const sql = new Database(file)
  try {
    expect(sql.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const rows = (text: string) => sql.prepare(text).raw().all()
    return JSON.stringify([
      sql.pragma('user_version'),
      schemaText(sql),
      rows('SELECT count(*), max(id) FROM events'),
      rows('SELECT * FROM booked'),
      rows("SELECT count(*) FROM events_fts WHERE events_fts MATCH 'facets : u1'"),
    ])
  } finally {
    sql.close()
  }
}

const backups = (data: string) =>
  existsSync(join(data, 'backups'))
    ? readdirSync(join(data, 'backups')).filter((name) => name.endsWith('.db'))
    : []

/** Whatever has a backup's name is one. */
function expectWholeBackups(data: string): void {
  for (const name of backups(data)) expect(stateOf(join(data, 'backups', name))).toBe(before)
}

describe('killed at any moment, the file is as it was or done, and the next run completes it', () => {
  const code = `
    import { NEXT_MIGRATIONS } from ${JSON.stringify(join(import.meta.dirname, 'fixtures/neglected.ts'))}
    import { optimizeDatabase } from ${JSON.stringify(join(import.meta.dirname, 'optimize.ts'))}
    process.stdout.write('begin')
    optimizeDatabase(process.argv[1], ${NOW}, NEXT_MIGRATIONS)`

  async function begin(file: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, file])
    await once(child.stdout, 'data')
    return child
  }

  /** Runs on a fresh copy and kills at the moment that `until` waits for; returns how it was found. */
  async function interrupt(name: string, until: (file: string, end: Promise<unknown>) => Promise<unknown>) {
    const data = join(folder, name)
    mkdirSync(data)
    const file = join(data, 'timetrack.db')
    copyFileSync(neglected, file)
    const child = await begin(file)
    const end = once(child, 'exit')
    await until(file, end)
    child.kill('SIGKILL')
    await end
    const found = stateOf(file)
    expect([before, after]).toContain(found)
    expectWholeBackups(data)
    optimizeDatabase(file, NOW, NEXT_MIGRATIONS)
    expect(stateOf(file)).toBe(after)
    expectWholeBackups(data)
    rmSync(data, { recursive: true })
    return found === before ? 'before' : 'after'
  }

  test('by the clock', { timeout: 120_000 }, async () => {
    let length = 0
    const measured = performance.now()
    await interrupt('whole', async (_, end) => {
      await end
      length = performance.now() - measured
    })
    const found = new Set<string>()
    for (let part = 0; part < 8; part++) {
      found.add(
        await interrupt(`part${part}`, (_, end) => {
          const { promise, resolve } = Promise.withResolvers<void>()
          setTimeout(resolve, (length * part) / 8)
          return Promise.race([promise, end])
        }),
      )
    }
    expect(found).toContain('before')
  })

  test(
    'while the backup is written, and in the middle of the transaction',
    { timeout: 120_000 },
    async () => {
      const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0
      const grown =
        (paths: (file: string) => string[], bytes: number) => (file: string, end: Promise<unknown>) => {
          const { promise, resolve } = Promise.withResolvers<void>()
          const look = setInterval(() => {
            if (paths(file).some((path) => sizeOf(path) > bytes)) resolve()
          }, 1)
          return Promise.race([promise, end]).finally(() => clearInterval(look))
        }
      const part = (file: string) => {
        const folder = join(file, '../backups')
        return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
      }
      for (const bytes of [0, 100_000]) expect(await interrupt('backup', grown(part, bytes))).toBe('before')
      for (const bytes of [0, 100_000, 400_000]) {
        await interrupt(
          'transaction',
          grown((file) => [`${file}-journal`, `${file}-wal`], bytes),
        )
      }
    },
  )
})

const small = mkdtempSync(join(tmpdir(), 'timetrack-small-disk-'))
const mount = (...options: string[]) =>
  spawnSync('mount', ['-t', 'tmpfs', ...options, 'tmpfs', small]).status === 0
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mount('-o', 'size=1m')
afterAll(() => {
  if (canMount) spawnSync('umount', [small])
  rmSync(small, { recursive: true, force: true })
})

// Needs a small disk of its own, which only root on Linux may mount.
test.skipIf(!canMount).each(['DELETE', 'WAL'])(
  'on a disk that runs full the file is as it was, and complete once there is space (%s)',
  { timeout: 120_000 },
  (mode) => {
    const file = join(small, 'timetrack.db')
    const size = Math.ceil(statSync(neglected).size / 1024)
    const outcomes = new Map<string, number>()
    for (let percent = 102; percent < 700; percent += 85) {
      expect(mount('-o', 'remount,size=1g')).toBe(true)
      for (const name of readdirSync(small)) rmSync(join(small, name), { recursive: true })
      copyFileSync(neglected, file)
      if (mode === 'WAL') openWriter(file).close()
      expect(mount('-o', `remount,size=${Math.ceil((size * percent) / 100)}k`)).toBe(true)
      const outcome = attempt(file)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      expect(mount('-o', 'remount,size=1g')).toBe(true)
      expect(stateOf(file)).toBe(outcome === 'done' ? after : before)
      expectWholeBackups(small)
      optimizeDatabase(file, NOW, NEXT_MIGRATIONS)
      expect(stateOf(file)).toBe(after)
    }
    expect([...outcomes.keys()].sort()).toEqual(['disk_full', 'done'])
  },
)

function attempt(file: string): string {
  try {
    optimizeDatabase(file, NOW, NEXT_MIGRATIONS)
    return 'done'
  } catch (error) {
    if (!(error instanceof DatabaseProblem)) throw error
    return error.code
  }
}
