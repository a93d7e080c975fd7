import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calls } from '../../contract/calls.ts'
import { fieldCalls } from '../field/calls.ts'
import { makeProject, recordOne } from '../testing/make.ts'
import { eventually, startWorld, type Sent, type World } from '../testing/world.ts'

const PAGE = `<!doctype html><title>TimeTrack</title>${'<p>page</p>'.repeat(200)}`
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2000))})`

let files: string
let world: World
beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'timetrack-files-'))
  mkdirSync(join(files, 'assets'))
  mkdirSync(join(files, '.vite'))
  const write = (name: string, text: string, packed: boolean) => {
    writeFileSync(join(files, name), text)
    if (!packed) return
    writeFileSync(join(files, `${name}.br`), brotliCompressSync(text))
    writeFileSync(join(files, `${name}.gz`), gzipSync(text))
  }
  write('index.html', PAGE, true)
  write('assets/main-4f3a.js', SCRIPT, true)
  write('icon.svg', '<svg/>', false)
  write('.vite/manifest.json', '{}', false)
  world = await startWorld({ files })
})
afterAll(async () => {
  await world.close()
  rmSync(files, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) => world.send(path, { headers })
const JSON_TYPE = { 'content-type': 'application/json' }

describe('every response', () => {
  const etag = async () => (await get('/api/events')).headers['etag'] ?? ''

  test.each<[string, number, string, () => Sent | Promise<Sent>]>([
    ['an answer', 200, '/api/events', () => ({})],
    ['HEAD', 200, '/api/events', () => ({ method: 'HEAD' })],
    ['not modified', 304, '/api/events', async () => ({ headers: { 'if-none-match': await etag() } })],
    ['created', 201, '/api/projects', () => ({ method: 'POST', headers: JSON_TYPE, body: '{"name":"Neu"}' })],
    ['not found', 404, '/api/events/999999', () => ({})],
    ['no path', 404, '/nowhere', () => ({})],
    ['invalid', 422, '/api/events?limit=0', () => ({})],
    ['malformed', 400, '/api/projects', () => ({ method: 'POST', headers: JSON_TYPE, body: '{' })],
    ['wrong type', 415, '/api/projects', () => ({ method: 'POST', body: 'x' })],
    [
      'too large',
      413,
      '/api/projects',
      () => ({ method: 'POST', headers: JSON_TYPE, body: 'x'.repeat(300_000) }),
    ],
    ['a field refusal', 404, '/projects/999999', () => ({ method: 'DELETE' })],
    ['a page', 200, '/app/day', () => ({})],
    ['a file', 200, '/assets/main-4f3a.js', () => ({})],
    ['a redirect', 302, '/', () => ({})],
    ['a download', 200, '/api/export/csv', () => ({})],
    ['health', 200, '/health', () => ({})],
    ['metrics', 200, '/metrics', () => ({})],
    ['documentation', 200, '/docs', () => ({})],
  ])('says how long it took and is guarded: %s, %d', async (_what, status, path, sent) => {
    const answer = await world.send(path, await sent())
    expect(answer.status).toBe(status)
    expect(answer.headers['x-process-time']).toMatch(/^\d+\.\d{6}$/)
    expect(answer.headers['server-timing']).toMatch(/total;dur=[\d.]+$/)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(answer.headers['content-security-policy']).not.toContain('unsafe')
    expect(answer.headers['x-powered-by']).toBeUndefined()
  })
})

describe('built files', () => {
  test('come as the client takes them best', async () => {
    const path = '/assets/main-4f3a.js'
    const br = await get(path, { 'accept-encoding': 'gzip, deflate, br' })
    expect([br.headers['content-encoding'], brotliDecompressSync(br.bytes).toString()]).toEqual([
      'br',
      SCRIPT,
    ])
    const gzip = await get(path, { 'accept-encoding': 'gzip, br;q=0' })
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.bytes).toString()]).toEqual(['gzip', SCRIPT])
    const plain = await get(path)
    expect([plain.headers['content-encoding'], plain.bytes.toString()]).toEqual([undefined, SCRIPT])
    for (const { headers } of [br, gzip, plain]) {
      expect(headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        vary: expect.stringContaining('Accept-Encoding'),
        'cache-control': 'public, max-age=31536000, immutable',
      })
    }
    expect(new Set([br, gzip, plain].map(({ headers }) => headers['etag'])).size).toBe(3)
  })

  test.each(['/app', '/app/day', '/app/projects/7', '/kiosk'])(
    'show the page at %s, always asked for anew',
    async (path) => {
      const answer = await get(path)
      expect([answer.status, answer.bytes.toString()]).toEqual([200, PAGE])
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      })
      const again = await get(path, { 'if-none-match': answer.headers['etag'] ?? '' })
      expect([again.status, again.bytes.length]).toEqual([304, 0])
    },
  )

  test('begin at the day', async () => {
    expect((await get('/')).headers['location']).toBe('/app/day')
  })

  test.each([
    '/assets/none.js',
    '/index.html',
    '/.vite/manifest.json',
    '/assets/../../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/%2e%2e/index.html',
    '/assets/main-4f3a.js.br',
  ])('are those of the build and no others: %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  test('that were never built say so', async () => {
    const bare = await startWorld()
    try {
      const answer = await bare.get('/app/day')
      expect([answer.status, answer.bytes.toString()]).toEqual([
        503,
        expect.stringContaining('npm run build'),
      ])
    } finally {
      await bare.close()
    }
  })
})

describe('the documentation', () => {
  test('describes every call of every front door', async () => {
    const { openapi, paths } = (await get('/api/openapi.json')).json as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string }>>
    }
    expect(openapi).toBe('3.1.0')
    for (const [id, { method, path }] of Object.entries({ ...calls, ...fieldCalls })) {
      const described = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method]
      expect(described?.operationId, `${method} ${path}`).toBe(id)
    }
  })

  test('is a page that needs no script and nothing from elsewhere', async () => {
    const answer = await get('/docs')
    const html = answer.bytes.toString()
    expect(answer.headers['content-type']).toContain('text/html')
    expect(html).not.toMatch(/<script|https?:\/\/|\/\/[a-z]|javascript:| on\w+=| style=/i)
    for (const { path } of Object.values(calls)) expect(html).toContain(`<code>${path}</code>`)
    expect((await get('/docs.css')).headers['content-type']).toContain('text/css')
  })
})

describe('metrics', () => {
  test('are in the format that Prometheus reads, by route and without anybody’s words', async () => {
    await get('/api/events?text=kuendigung&user=anna')
    const answer = await get('/metrics')
    expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4')
    const text = answer.bytes.toString()
    for (const line of text.split('\n').filter((one) => one !== ''))
      expect(line).toMatch(
        /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? (-?[\d.e+-]+|NaN|[+-]Inf))$/,
      )
    expect(text).toContain('route="/api/events",status="200"')
    for (const name of ['database_bytes', 'wal_bytes', 'reads_queued', 'writes_queued', 'thread_restarts'])
      expect(text).toMatch(new RegExp(`^timetrack_${name} \\d+$`, 'm'))
    expect(text).not.toMatch(/kuendigung|anna/)
  })
})

describe('live', () => {
  type Heard = { type: string; data: { commit: number; tables?: string[] } }

  async function listen(headers: Record<string, string> = {}) {
    const stop = new AbortController()
    const response = await fetch(`${world.url}/api/live`, { headers, signal: stop.signal })
    const heard: Heard[] = []
    const ended = (async () => {
      let text = ''
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) {
          const [, type = ''] = /^event: (.*)$/m.exec(event) ?? []
          const [, data = 'null'] = /^data: (.*)$/m.exec(event) ?? []
          if (type) heard.push({ type, data: JSON.parse(data) as Heard['data'] })
        }
      }
      return 'ended'
    })().catch(() => 'broken off')
    return { response, heard, ended, stop: () => stop.abort() }
  }

  test('greets with the newest commit, then tells which tables each one touched', async () => {
    const { response, heard, stop } = await listen({ 'accept-encoding': 'gzip' })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('content-encoding')).toBeNull()
    await eventually(() => heard.length === 1)
    const commit = world.hub.pool.commits()
    expect(heard[0]).toEqual({ type: 'hello', data: { commit } })
    await makeProject(world)
    await eventually(() => heard.length === 2)
    expect(heard[1]).toEqual({ type: 'change', data: { commit: commit + 1, tables: ['projects'] } })
    stop()
  })

  test('forgets pages that are closed', async () => {
    const clients = async () =>
      Number(/^timetrack_live_clients (\d+)$/m.exec((await get('/metrics')).bytes.toString())?.[1])
    await eventually(async () => (await clients()) === 0)
    const pages = await Promise.all([listen(), listen()])
    expect(await clients()).toBe(2)
    for (const page of pages) page.stop()
    await eventually(async () => (await clients()) === 0)
    await recordOne(world)
  })

  test('answers HEAD and ends', async () => {
    const answer = await world.send('/api/live', { method: 'HEAD' })
    expect([answer.status, answer.bytes.length]).toEqual([200, 0])
  })
})

describe('slow requests', () => {
  test('are logged with their route and rows, and nothing that anybody wrote', async () => {
    const slow = await startWorld({ slowMs: 0 })
    try {
      await recordOne(slow, { title: 'Kündigung.docx', user: 'anna' })
      await slow.get('/api/events?user=anna&text=k%C3%BCndigung')
      await slow.get('/api/events/1')
      await slow.get('/api/events/4711')
      const lines = await eventually(() => {
        const found = slow.log.filter(({ message }) => message === 'Slow request')
        return found.length === 4 && found
      })
      expect(lines.map(({ level, fields }) => ({ level, ...fields }))).toEqual([
        { level: 'warn', method: 'POST', route: '/api/events', status: 201, durationMs: expect.any(Number) },
        {
          level: 'warn',
          method: 'GET',
          route: '/api/events',
          status: 200,
          durationMs: expect.any(Number),
          rows: 1,
        },
        {
          level: 'warn',
          method: 'GET',
          route: '/api/events/:id',
          status: 200,
          durationMs: expect.any(Number),
          rows: 1,
        },
        {
          level: 'warn',
          method: 'GET',
          route: '/api/events/:id',
          status: 404,
          durationMs: expect.any(Number),
        },
      ])
      expect(JSON.stringify(slow.log)).not.toMatch(/ndigung|anna|4711/)
    } finally {
      await slow.close()
    }
  })

  test('are not those that are quick', async () => {
    await get('/api/hub')
    expect(world.log.filter(({ message }) => message === 'Slow request')).toEqual([])
  })
})

describe('the hub', () => {
  test('tells its version, zone, time and day', async () => {
    expect((await get('/api/hub')).json).toEqual({
      version: '1.2.3',
      zone: 'Europe/Berlin',
      dayStartMinutes: 0,
      now: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+0[12]:00$/),
      today: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    })
  })

  test('tells how it is', async () => {
    expect((await get('/health')).json).toEqual({
      status: 'ok',
      version: '1.2.3',
      node: process.version,
      sqlite: expect.stringMatching(/^3\./),
      schema: expect.any(Number),
      uptimeSeconds: expect.any(Number),
      databaseBytes: expect.any(Number),
      walBytes: expect.any(Number),
      threads: { 'reader 1': 'ok', 'reader 2': 'ok', writer: 'ok' },
      host: null,
      problem: null,
    })
  })
})
