import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeEvent } from './testing/make.ts'
import { runServer, type Running } from './testing/process.ts'
import { exchange } from './testing/world.ts'

/** A small disk that only the server sees: a tmpfs in a mount namespace, where the system lets users have one. */
const onSmallDisk = (kilobytes: number, ballast: number) => [
  'unshare',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  `mount -t tmpfs -o size=${kilobytes}k tmpfs "$0" && head -c ${ballast}k /dev/zero >"$0/ballast" && exec "$@"`,
  data,
]
const possible =
  spawnSync('unshare', ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

let data: string
let hub: Running | undefined
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'timetrack-'))
  mkdirSync(data, { recursive: true })
})
afterEach(async () => {
  hub?.child.kill('SIGKILL')
  await hub?.ended
  hub = undefined
  rmSync(data, { recursive: true, force: true })
})

describe.runIf(possible)('a full disk', () => {
  test('at the start is said in words', async () => {
    hub = runServer(['--port', '0', '--data', data], onSmallDisk(160, 0))
    const { code, stderr } = await hub.ended
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('is full. Free some space') })
  })

  test('refuses what it cannot keep with 507, keeps what it acknowledged, reads on, and recovers', async () => {
    hub = runServer(['--port', '0', '--data', data], onSmallDisk(4096, 1024))
    const url = await hub.ready
    const send = (title: string) =>
      exchange(url, '/api/events', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          events: Array.from({ length: 50 }, (_, index) =>
            makeEvent({ title: `${title} ${index} ${'x'.repeat(1900)}` }),
          ),
        }),
      })
    let stored = 0
    let answer = await send('first')
    while (answer.status === 201 && stored < 10_000) {
      stored += 50
      answer = await send('more')
    }
    expect(answer).toMatchObject({ status: 507, json: { error: { code: 'disk_full' } } })
    expect((await send('again')).status).toBe(507)

    const { items } = (await exchange(url, '/api/days/2026-11-24/summary')).json as { items?: unknown[] }
    expect(items).toBeUndefined()
    const day = (await exchange(url, '/api/days/2026-11-24?user=anna')).json as { events: unknown[] }
    expect(day.events).toHaveLength(stored)
    expect((await exchange(url, '/health')).status).toBe(200)

    rmSync(`/proc/${hub.child.pid}/root${data}/ballast`)
    expect((await send('room again')).status).toBe(201)
  })
})
