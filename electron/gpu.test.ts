import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { careForGpu, gpuNote } from './gpu.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'timetrack-gpu-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function care(isOff = false) {
  let now = 0
  const relaunch = vi.fn()
  const note = gpuNote(join(folder, 'window'))
  const gone = careForGpu({ note, version: '1.0.0', isOff, relaunch, clock: () => now, log: () => undefined })
  const crash = (atMinute: number, type = 'GPU', reason = 'crashed') => {
    now = atMinute * 60_000
    gone({ type, reason })
  }
  return { crash, relaunch, note }
}

test('after three crashes in ten minutes the next start does without', () => {
  const { crash, relaunch, note } = care()
  crash(0)
  crash(1)
  crash(1, 'Utility')
  crash(1, 'GPU', 'clean-exit')
  expect(relaunch).not.toHaveBeenCalled()
  expect(note.isOff('1.0.0')).toBe(false)
  crash(2)
  expect(relaunch).toHaveBeenCalledOnce()
  expect(note.isOff('1.0.0')).toBe(true)
})

test('another version tries again', () => {
  const note = gpuNote(folder)
  note.write('1.0.0')
  expect(note.isOff('1.1.0')).toBe(false)
  note.remove()
  expect(note.isOff('1.0.0')).toBe(false)
})

test('now and then a crash is no reason, and without the GPU neither', () => {
  const rare = care()
  for (const minute of [0, 8, 16, 24]) rare.crash(minute)
  expect(rare.relaunch).not.toHaveBeenCalled()
  const off = care(true)
  for (const minute of [0, 1, 2, 3]) off.crash(minute)
  expect(off.relaunch).not.toHaveBeenCalled()
})
