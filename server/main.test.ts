import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { prepareDatabase } from '../db/migrate.ts'
import { SCHEMA_VERSION } from '../db/migrations/list.ts'
import { openWriter } from '../db/open.ts'
import { databaseFile } from './host/data-folder.ts'
import { makeEvent } from './testing/make.ts'
import { runServer, type Running } from './testing/process.ts'
import { exchange } from './testing/world.ts'

const folders: string[] = []
const running: Running[] = []
afterAll(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL')
    await ended
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  folders.push(folder)
  return folder
}

function run(...args: string[]): Running {
  const one = runServer(['--port', '0', '--zone', 'Europe/Berlin', ...args])
  running.push(one)
  return one
}

const call = (url: string, method: string, path: string, body: object) =>
  exchange(url, path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

describe('a start that cannot succeed ends and says what to do', { timeout: 40_000 }, () => {
  test.each<[string, number, RegExp, (data: string) => string[]]>([
    ['with an option that there is not', 2, /--tempo/, (data) => ['--data', data, '--tempo', 'fast']],
    [
      'in a folder that cannot be',
      3,
      /Cannot write .*--data/,
      (data) => {
        writeFileSync(join(data, 'plain'), '')
        return ['--data', join(data, 'plain', 'data')]
      },
    ],
    [
      'on a damaged database',
      3,
      /damaged.*backups/,
      (data) => {
        writeFileSync(databaseFile(data), 'not a database. '.repeat(1000))
        return ['--data', data]
      },
    ],
    [
      'on a database of a newer version',
      3,
      /newer TimeTrack.*nothing was changed/,
      (data) => {
        prepareDatabase(databaseFile(data), 0)
        const sql = openWriter(databaseFile(data))
        sql.pragma(`user_version = ${SCHEMA_VERSION + 1}`)
        sql.close()
        return ['--data', data]
      },
    ],
  ])('%s', async (_what, code, message, args) => {
    const ended = await run(...args(makeFolder())).ended
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({
      code,
      stderr: expect.stringMatching(message),
    })
    expect(ended.stderr).not.toContain('    at ')
  })

  test('on a port that another program uses', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    try {
      const port = String((other.address() as AddressInfo).port)
      const { code, stderr } = await run('--data', makeFolder(), '--port', port).ended
      expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/in use.*--port/) })
    } finally {
      other.close()
    }
  })

  test('on the data folder of a running hub, which goes on', async () => {
    const data = makeFolder()
    const url = await run('--data', data).ready
    const { code, stderr } = await run('--data', data).ended
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/in use.*Stop it first/) })
    expect((await exchange(url, '/health')).status).toBe(200)
  })
})

describe('asked to end', { timeout: 40_000 }, () => {
  async function fill(url: string): Promise<void> {
    const project = (await call(url, 'POST', '/api/projects', { name: 'Halle' })).json as { id: number }
    for (let block = 0; block < 5; block++) {
      const events = Array.from({ length: 1000 }, () => makeEvent({ title: 'x'.repeat(2000) }))
      const { items } = (await call(url, 'POST', '/api/events', { events })).json as {
        items: { id: number }[]
      }
      const eventIds = items.map(({ id }) => id)
      await call(url, 'PUT', '/api/assignments', { eventIds, target: { projectId: project.id } })
    }
  }

  function open(url: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => get(url, { agent: false }, resolve).on('error', reject))
  }

  test('it finishes the export that runs, ends the event streams, and leaves a tidy file', async () => {
    const data = makeFolder()
    const hub = run('--data', data)
    const url = await hub.ready
    await fill(url)
    const live = await open(`${url}/api/live`)
    const liveEnded = new Promise((resolve) => live.resume().once('end', () => resolve('ended')))
    const download = await open(`${url}/api/export/csv`)

    hub.child.kill('SIGTERM')
    expect(await liveEnded).toBe('ended')
    await expect(exchange(url, '/health')).rejects.toThrow(/ECONN(REFUSED|RESET)/)
    const text = (await download.setEncoding('utf8').toArray()).join('')

    expect(download.complete).toBe(true)
    expect(text.split('\r\n')).toHaveLength(5002)
    const { code, stderr } = await hub.ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(existsSync(`${databaseFile(data)}-wal`)).toBe(false)
    const again = run('--data', data)
    const list = await exchange(await again.ready, '/events?limit=500')
    expect(list.json).toHaveLength(500)
  })

  test('by Ctrl-C it does the same', async () => {
    const hub = run('--data', makeFolder())
    await hub.ready
    hub.child.kill('SIGINT')
    const { code, signal, stdout } = await hub.ended
    expect({ code, signal }).toEqual({ code: 0, signal: null })
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg')
  })
})

test('the log names no title, number or person', { timeout: 40_000 }, async () => {
  const hub = run('--data', makeFolder(), '--slow-ms', '0')
  const url = await hub.ready
  const event = makeEvent({
    title: 'Kündigung.docx',
    user: 'anna',
    contact: 'Frau Yıldız',
    phoneNumber: '0170 1',
  })
  await call(url, 'POST', '/api/events', { events: [event] })
  await exchange(url, '/api/events?text=kündigung&user=anna'.replace('ü', '%C3%BC'))
  await exchange(url, '/events?user_id=anna')
  await call(url, 'POST', '/api/projects', { name: '' })
  hub.child.kill('SIGTERM')
  const { stdout } = await hub.ended
  expect(stdout).toContain('Slow request')
  expect(stdout).not.toMatch(/anna|ndigung|Yıldız|0170|text=/)
})

test('the version it tells is that of package.json', { timeout: 40_000 }, async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const url = await run('--data', makeFolder()).ready
  expect((await exchange(url, '/api/hub')).json).toMatchObject({ version, zone: 'Europe/Berlin' })
})
