import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatInstant, formatWall, zone } from '../contract/time.ts'
import { openReader } from '../db/open.ts'
import { databaseFile } from './host/data-folder.ts'

const ROUNDS = 10
const WRITERS = 50
const berlin = zone('Europe/Berlin')
const MORNING = Date.parse('2026-11-24T07:00:00Z')

/** What one request stores, by the titles of its events, and whether the hub said that it has. */
type Sent = { path: string; body: string; titles: string[]; acknowledged: boolean }

let data: string
let server: { process: ChildProcess; url: string } | undefined

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'timetrack-kill-'))
})
afterEach(async () => {
  await kill()
  rmSync(data, { recursive: true, force: true })
})

async function start(): Promise<string> {
  const args = ['--port', '0', '--data', data, '--zone', berlin.name]
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  let said = ''
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()))
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.on('message', (message: { kind: string; port: number }) => {
    if (message.kind === 'ready') resolve(message.port)
  })
  child.once('exit', (code) =>
    reject(new Error(`the server ended with ${code} before it was ready: ${said}`)),
  )
  const url = `http://127.0.0.1:${await promise}`
  server = { process: child, url }
  return url
}

async function kill(): Promise<void> {
  const child = server?.process
  server = undefined
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

let made = 0

/** As the tray agent: one event, no key, naive times. */
function windowEvent(writer: number): Sent {
  const title = `window ${++made} of ${writer}`
  const at = MORNING + made * 1000
  const body = {
    timestamp_start: formatWall(at, berlin),
    timestamp_end: formatWall(at + 2500, berlin),
    window_title: title,
    process_name: 'acad.exe',
    user_id: `writer-${writer}`,
  }
  return { path: '/events/window', body: JSON.stringify(body), titles: [title], acknowledged: false }
}

/** As an integration: some events at once, all or nothing, with keys. */
function keyedEvents(writer: number): Sent {
  const titles = Array.from({ length: 1 + (writer % 3) }, () => `keyed ${++made} of ${writer}`)
  const events = titles.map((title, index) => ({
    key: title,
    source: 'editor',
    user: `writer-${writer}`,
    start: formatInstant(MORNING + made * 1000 + index, berlin),
    end: formatInstant(MORNING + made * 1000 + 60_000, berlin),
    title,
  }))
  return { path: '/api/events', body: JSON.stringify({ events }), titles, acknowledged: false }
}

async function post(url: string, sent: Sent): Promise<void> {
  const response = await fetch(url + sent.path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: sent.body,
  })
  expect(response.status, await response.text()).toBe(201)
  sent.acknowledged = true
}

/** Writes from all sides until so many requests are acknowledged, then kills. */
async function writeAndKill(url: string, all: Sent[], acknowledgements: number): Promise<void> {
  let rest = acknowledgements
  let killed: Promise<void> | undefined
  const write = async (writer: number) => {
    while (!killed) {
      const sent = writer % 2 === 0 ? windowEvent(writer) : keyedEvents(writer)
      all.push(sent)
      try {
        await post(url, sent)
      } catch (error) {
        // An answer that the kill cut off; any other failure is one.
        if (!killed || !(error instanceof TypeError)) throw error
        return
      }
      if (--rest <= 0) killed ??= kill()
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  await killed
}

function stored(): { integrity: unknown; counts: Map<string, number> } {
  const sql = openReader(databaseFile(data))
  try {
    const rows = sql
      .prepare<[], [string, number]>('SELECT title, count(*) FROM events GROUP BY title')
      .raw()
      .all()
    return { integrity: sql.pragma('integrity_check', { simple: true }), counts: new Map(rows) }
  } finally {
    sql.close()
  }
}

/** There exactly once when acknowledged; else at most once, and whole or not at all. */
function isRight({ titles, acknowledged }: Sent, counts: Map<string, number>): boolean {
  const found = titles.map((title) => counts.get(title) ?? 0)
  return found.every((count) => count === 1) || (!acknowledged && found.every((count) => count === 0))
}

test(
  'killed amid 50 writers ten times over, the server has lost nothing it acknowledged and doubled nothing',
  { timeout: 180_000 },
  async () => {
    const all: Sent[] = []
    let cutOff = 0
    let url = await start()
    for (let round = 1; round <= ROUNDS; round++) {
      await writeAndKill(url, all, 40 + ((round * 67) % 160))

      url = await start()
      const { integrity, counts } = stored()
      expect(integrity).toBe('ok')
      expect(all.filter((sent) => !isRight(sent, counts))).toEqual([])

      // As agents do, what was not acknowledged is sent again.
      const open = all.filter((sent) => !sent.acknowledged)
      cutOff += open.length
      await Promise.all(open.map((sent) => post(url, sent)))
    }
    const { integrity, counts } = stored()
    expect(integrity).toBe('ok')
    expect(all.filter((sent) => !sent.acknowledged || !isRight(sent, counts))).toEqual([])
    expect(counts.size).toBe(all.flatMap(({ titles }) => titles).length)
    // Without requests that were under way, nothing was tried.
    expect(cutOff).toBeGreaterThan(ROUNDS)
  },
)
