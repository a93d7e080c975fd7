import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Viewer } from '../../contract/access.ts'
import type { Table } from '../../contract/hub.ts'
import { systemClock, zone } from '../../contract/time.ts'
import { closeWriter, openWriter } from '../../db/open.ts'
import { searchIndex } from '../../db/search-index.ts'
import { ruleFollower } from '../rules/follow.ts'
import { sessionKeeper } from '../sessions/keep.ts'
import { keepCompiled } from '../keep-compiled.ts'
import { commands } from './commands.ts'
import type { Command } from './define.ts'
import { failureOf } from './failure.ts'
import type { CommandAnswer, ThreadData, WriterAnswer, WriterRequest } from './messages.ts'

/**
 * The only thread that writes. Group commit: what has queued up while the last transaction was
 * being synced to disk becomes the next transaction, so a sync is shared by as many commands as wait
 * for it, and each is answered only after it: acknowledged means on disk.
 */

/** Commands in one transaction at most, so that a flood does not keep the first one waiting for the last. */
const GROUP_LIMIT = 500
/** The planner's statistics are renewed daily and at the end. */
const DAY_MS = 86_400_000

type CommandRequest = Extract<WriterRequest, { kind: 'command' }>

const port = parentPort
if (!port) throw new Error('writer.ts is the entry of a thread')
const data = workerData as ThreadData
const sql = openWriter(data.file, data.synchronous)
const touched = new Set<Table>()
/** Events that commands of the group changed; those of a command that was taken back may be among them. */
const changed = new Set<number>()
const context = {
  db: {
    sql,
    touch: (table: Table) => void touched.add(table),
    changed: (event: number) => void changed.add(event),
  },
  zone: zone(data.zone),
  dayStartMinutes: data.dayStartMinutes,
  clock: systemClock,
}
const prepared = new Map(
  Object.entries<Command<never, unknown>>(commands).map(([name, command]) => [
    name,
    command.prepare(context) as (input: unknown, viewer: Viewer) => unknown,
  ]),
)
const search = searchIndex(sql)
const sessions = sessionKeeper(context)
const rules = ruleFollower(context)
const begin = sql.prepare('BEGIN IMMEDIATE')
const commit = sql.prepare('COMMIT')
const rollback = sql.prepare('ROLLBACK')
const savepoint = sql.prepare('SAVEPOINT command')
const release = sql.prepare('RELEASE command')
const takeBack = sql.prepare('ROLLBACK TO command')

const queue: CommandRequest[] = []
let flushing = false

function send(message: WriterAnswer): void {
  port?.postMessage(message)
}

/** Runs one command in its savepoint. @throws when the whole transaction is gone (full disk, I/O error). */
function run({ id, name, input, viewer }: CommandRequest): CommandAnswer {
  const before = new Set(touched)
  savepoint.run()
  try {
    const command = prepared.get(name)
    if (!command) throw new Error(`there is no command ${name}`)
    const result = command(input, viewer)
    release.run()
    return { id, result }
  } catch (error) {
    // SQLite rolls the whole transaction back by itself after some errors; then nobody was served.
    if (!sql.inTransaction) throw error
    takeBack.run()
    release.run()
    touched.clear()
    for (const table of before) touched.add(table)
    return { id, failure: failureOf(error) }
  }
}

function commitGroup(group: CommandRequest[]): void {
  touched.clear()
  changed.clear()
  let answers: CommandAnswer[]
  try {
    begin.run()
    const newest = search.newest()
    answers = group.map(run)
    if (touched.has('events')) {
      search.add(newest)
      sessions.follow(newest, changed)
      rules.follow(newest)
    }
    commit.run()
  } catch (error) {
    if (sql.inTransaction) rollback.run()
    touched.clear()
    const failure = failureOf(error)
    answers = group.map(({ id }) => ({ id, failure }))
  }
  send({ kind: 'committed', tables: [...touched], answers })
}

/** Messages that arrived while this thread was busy and that the event loop has not delivered yet. */
function takeArrived(): void {
  if (!port) return
  for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) {
    receive(more.message as WriterRequest)
  }
}

function flush(): void {
  flushing = false
  takeArrived()
  while (queue.length > 0) {
    commitGroup(queue.splice(0, GROUP_LIMIT))
    takeArrived()
  }
}

function receive(request: WriterRequest): void {
  if (request.kind === 'command') {
    queue.push(request)
    if (!flushing) {
      flushing = true
      setImmediate(flush)
    }
  } else if (request.kind === 'ping') {
    sql.prepare('SELECT count(*) FROM users').get()
    send({ kind: 'pong', id: request.id })
  } else {
    flush()
    closeWriter(sql)
    send({ kind: 'closed' })
    port?.close()
  }
}

setInterval(() => sql.pragma('optimize'), DAY_MS).unref()
port.on('message', receive)
send({ kind: 'ready' })
keepCompiled()
