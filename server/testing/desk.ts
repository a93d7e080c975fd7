import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OPERATOR, type Viewer } from '../../contract/access.ts'
import { parseInstant, zone, type Instant } from '../../contract/time.ts'
import { prepareDatabase } from '../../db/migrate.ts'
import { openWriter, type Sqlite } from '../../db/open.ts'
import { commands, type Commands } from '../threads/commands.ts'
import type { Command, Query } from '../threads/define.ts'
import { queries, type Queries } from '../threads/queries.ts'

type InputOf<T> = T extends { prepare(context: never): (input: infer I, viewer: Viewer) => unknown }
  ? I
  : never
type AnswerOf<T> = T extends { prepare(context: never): (input: never, viewer: Viewer) => infer O }
  ? O
  : never

export type Desk = ReturnType<typeof openDesk>

/** Commands and queries on a real file in this thread, by a clock that the test sets. Close it. */
export function openDesk(now: string, { dayStartMinutes = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  const file = join(folder, 'db')
  prepareDatabase(file, 0)
  const sql: Sqlite = openWriter(file, 'OFF')
  const berlin = zone('Europe/Berlin')
  const at = (time: string): Instant => {
    const found = parseInstant(time, berlin)
    if (found === null) throw new Error(`not a time: ${time}`)
    return found
  }
  let time = at(now)
  const shared = { zone: berlin, dayStartMinutes, clock: () => time }
  const prepared = new Map<string, (input: unknown, viewer: Viewer) => unknown>()
  const once = (name: string, prepare: () => (input: unknown, viewer: Viewer) => unknown) => {
    const run = prepared.get(name) ?? prepare()
    prepared.set(name, run)
    return run
  }
  const write = { ...shared, db: { sql, touch: () => undefined, changed: () => undefined } }

  return {
    sql,
    at,
    /** Wall time of Berlin. */
    set: (now: string | Instant) => void (time = typeof now === 'string' ? at(now) : now),
    pass: (ms: number) => void (time += ms),
    /** Runs a command as the writer does: what it did is gone when it throws. */
    do<K extends keyof Commands>(name: K, input: InputOf<Commands[K]>, viewer: Viewer = OPERATOR) {
      const run = once(name, () => (commands[name] as Command<unknown, unknown>).prepare(write))
      return sql.transaction(() => run(input, viewer))() as AnswerOf<Commands[K]>
    },
    ask<K extends keyof Queries>(name: K, input: InputOf<Queries[K]>, viewer: Viewer = OPERATOR) {
      const query = queries[name] as unknown as Query<unknown, unknown>
      const run = once(name, () => query.prepare({ ...shared, sql }))
      return run(input, viewer) as AnswerOf<Queries[K]>
    },
    close() {
      sql.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A person who logged in in a browser. */
export const person = (
  id: number,
  role: 'admin' | 'member' = 'member',
  at: 'browser' | 'kiosk' = 'browser',
) => ({ kind: 'user', id, handle: `person ${id}`, role, at, login: 1, device: null }) as const
