import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Instant } from '../contract/time.ts'

const CRASHES = 3
const WITHIN_MS = 10 * 60_000

/** Whether the graphics process has crashed so often that the machine is better off without it. */
export function isGpuBroken(crashes: readonly Instant[], now: Instant): boolean {
  return crashes.filter((at) => now - at <= WITHIN_MS).length >= CRASHES
}

/** The note that makes the next start draw without the GPU, until another version of the program comes. */
export type GpuNote = {
  isOff: (version: string) => boolean
  write: (version: string) => void
  remove: () => void
}

export function gpuNote(folder: string): GpuNote {
  const file = join(folder, 'gpu-off')
  return {
    isOff(version) {
      try {
        return readFileSync(file, 'utf8') === version
      } catch {
        return false
      }
    },
    write(version) {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, version)
    },
    remove: () => rmSync(file, { force: true }),
  }
}

export type GpuCare = {
  note: GpuNote
  version: string
  isOff: boolean
  /** Ends gracefully and starts anew. */
  relaunch: () => void
  clock: () => Instant
  log: (fields: object, message: string) => void
}

/** @returns what to do with every `child-process-gone` */
export function careForGpu({ note, version, isOff, relaunch, clock, log }: GpuCare) {
  let crashes: Instant[] = []
  return ({ type, reason }: { type: string; reason: string }): void => {
    if (type !== 'GPU' || reason === 'clean-exit') return
    crashes = [...crashes, clock()].slice(-CRASHES)
    log({ reason, crashes: crashes.length }, 'The graphics process ended')
    if (isOff || !isGpuBroken(crashes, clock())) return
    note.write(version)
    log({}, 'Starting again without the graphics processor')
    relaunch()
  }
}
