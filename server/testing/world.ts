import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, type Clock } from '../../contract/time.ts'
import { prepareDatabase } from '../../db/migrate.ts'
import { openReader, sqliteVersion } from '../../db/open.ts'
import { readConfig, type Config } from '../config.ts'
import { databaseFile } from '../host/data-folder.ts'
import { startHub, type Hub } from '../hub.ts'

export type WorldOptions = Partial<Config> & {
  /** Folder of the built renderer; none unless given. */
  files?: string
  /** The HTTP side's clock; the threads keep the machine's. */
  clock?: Clock
}

export type LogLine = { level: 'info' | 'warn' | 'error'; fields: object; message: string }

export type Sent = { method?: string; headers?: Record<string, string>; body?: string | Uint8Array }
export type Answered = {
  status: number
  headers: Record<string, string | undefined>
  bytes: Buffer
  /** The body as JSON, or null when it is none. */
  json: unknown
}

export type World = {
  url: string
  folder: string
  file: string
  hub: Hub
  log: LogLine[]
  /** One request as the bytes say: nothing decoded, followed or added. */
  send(path: string, sent?: Sent): Promise<Answered>
  get(path: string): Promise<Answered>
  /** A request with a JSON body. */
  call(method: string, path: string, body?: unknown): Promise<Answered>
  upload(path: string, file: Uint8Array | string, name?: string): Promise<Answered>
  /** Rows of each table, to see that nothing was stored. */
  counts(): Record<string, number>
  /** Reads straight from the file. */
  rows(sql: string): Record<string, unknown>[]
  close(): Promise<void>
}

/** What the first admin of such a hub types. */
export const SETUP_CODE = 'ABCD-2345'

/** A whole hub on a real file in a folder of its own: threads, HTTP on a free port. Close it. */
export async function startWorld({
  files,
  clock = systemClock,
  ...config
}: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  const file = databaseFile(folder)
  prepareDatabase(file, systemClock())
  const log: LogLine[] = []
  const write = (level: LogLine['level']) => (fields: unknown, message?: unknown) =>
    void log.push({ level, fields: fields as object, message: String(message) })
  const hub = await startHub({
    config: {
      ...readConfig([
        '--data',
        folder,
        '--port',
        '0',
        '--host',
        '127.0.0.1',
        '--zone',
        'Europe/Berlin',
        '--synchronous',
        'OFF',
      ]),
      ...config,
    },
    file,
    files: files ?? join(folder, 'no-files'),
    version: '1.2.3',
    sqlite: sqliteVersion(),
    clock,
    setupCode: SETUP_CODE,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
  })
  const url = `http://127.0.0.1:${hub.address.port}`
  const send = (path: string, sent?: Sent) => exchange(url, path, sent)
  return {
    url,
    folder,
    file,
    hub,
    log,
    send,
    get: (path) => send(path),
    call: (method, path, body) =>
      send(path, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? '' : JSON.stringify(body),
      }),
    async upload(path, content, name = 'projects.csv') {
      const form = new FormData()
      form.append('file', new Blob([typeof content === 'string' ? content : Uint8Array.from(content)]), name)
      const { headers, body } = await encoded(form)
      return send(path, { method: 'POST', headers, body })
    },
    counts: () => reading(file, countsOf),
    rows: (text) => reading(file, (sql) => sql.prepare(text).all() as Record<string, unknown>[]),
    async close() {
      await hub.drain()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A form as it travels: its headers and bytes. */
export async function encoded(
  form: FormData,
): Promise<{ headers: Record<string, string>; body: Uint8Array }> {
  const response = new Response(form)
  const type = response.headers.get('content-type') ?? ''
  return { headers: { 'content-type': type }, body: new Uint8Array(await response.arrayBuffer()) }
}

export function exchange(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request(
      // The path as it is: `new URL` would escape what a careless client does not.
      { hostname, port, method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(chunks)
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string | undefined>,
            bytes,
            json: jsonOf(bytes),
          })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}

type Reader = ReturnType<typeof openReader>

function reading<T>(file: string, read: (sql: Reader) => T): T {
  const sql = openReader(file)
  try {
    return read(sql)
  } finally {
    sql.close()
  }
}

function countsOf(sql: Reader): Record<string, number> {
  const tables = [
    'users',
    'projects',
    'milestones',
    'events',
    'assignments',
    'assignment_rules',
    'batches',
    'batch_rows',
    'booked',
  ]
  return Object.fromEntries(
    tables.map((table) => [table, sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number]),
  )
}

/** Waits until `check` gives something; for what happens on another thread. @throws after `ms` */
export async function eventually<T>(
  check: () => T | Promise<T>,
  ms = 8000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + ms
  for (;;) {
    const found = await check()
    if (found) return found as Exclude<T, false | null | undefined>
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
