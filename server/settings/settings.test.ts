import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../contract/usual-settings.ts'
import { storedSetting } from '../../db/settings.ts'
import { MEMORY, memoryLimits } from '../host/memory-limits.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const change = (body: object) => world.call('PATCH', '/api/settings', body)

test('settings are the usual ones until somebody changes them, and only what was named changes', async () => {
  expect((await world.get('/api/settings')).json).toEqual(DEFAULT_SETTINGS)
  await change({ sessions: { breakSeconds: 90 } })
  await change({ memory: { serverSoftMb: 320 } })
  expect((await world.get('/api/settings')).json).toEqual({
    sessions: { ...DEFAULT_SETTINGS.sessions, breakSeconds: 90 },
    memory: { ...DEFAULT_SETTINGS.memory, serverSoftMb: 320 },
    access: DEFAULT_SETTINGS.access,
    kiosk: DEFAULT_SETTINGS.kiosk,
  })
})

describe('limits of memory', () => {
  test('reach whoever starts the hub, before it runs', async () => {
    await change({ memory: { serverHeapMb: 160, serverSoftMb: 250, totalHardMb: 1200 } })
    const limits = memoryLimits(storedSetting(world.file, 'memory'))
    expect(limits.heaps.server.heapMb).toBe(160)
    expect(limits.caps.server).toEqual({ softMb: 250, hardMb: 400 })
    expect(limits.total).toEqual({ softMb: 900, hardMb: 1200 })
    expect(limits.caps.renderer).toEqual(MEMORY.caps.renderer)
  })

  test('are the usual ones where there is no database, none of ours, or nonsense in it', () => {
    expect(memoryLimits(storedSetting(join(world.folder, 'not-there'), 'memory'))).toEqual(MEMORY)
    expect(memoryLimits(storedSetting('/etc/hostname', 'memory'))).toEqual(MEMORY)
    for (const stored of ['x', { serverSoftMb: 'much' }, { serverSoftMb: 5000 }, { serverHardMb: 100 }])
      expect(memoryLimits(stored)).toEqual(MEMORY)
  })

  test.each([
    [{ serverHardMb: 300, serverSoftMb: 300 }, { 'memory.serverHardMb': 'more than 300, the soft cap' }],
    [{ rendererHeapMb: 500 }, { 'memory.rendererHeapMb': 'at most 450, the soft cap' }],
    [{ totalSoftMb: 100 }, { 'memory.totalSoftMb': 'at least the largest soft cap of a part' }],
    [{ totalHardMb: 900 }, { 'memory.totalHardMb': 'more than 900, the soft cap' }],
  ])('%j contradict each other and are refused', async (memory, fields) => {
    const before = (await world.get('/api/settings')).json
    expect(await change({ memory })).toMatchObject({ status: 422, json: { error: { fields } } })
    expect((await world.get('/api/settings')).json).toEqual(before)
  })
})
