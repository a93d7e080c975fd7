import { MemorySettings } from '../../contract/settings.ts'
import { choose, contradictions, DEFAULT_SETTINGS } from '../../contract/usual-settings.ts'
import type { HeapRequest } from './heap-limit.ts'

/** A part of the product that has a process of its own. */
export type Part = 'main' | 'renderer' | 'server' | 'gpu' | 'other'

/** `softMb`: replace it when that disturbs nobody. `hardMb`: end it now. */
export type Cap = { softMb: number; hardMb: number }

export type MemoryLimits = {
  heaps: { main: HeapRequest; renderer: HeapRequest; server: HeapRequest }
  caps: { renderer: Cap; server: Cap }
  total: Cap
  /** Samples in a row over a soft cap before anything happens. */
  samples: number
  everyMs: number
  /** Nobody has touched the kiosk for this long: replacing the page or the server disturbs nobody. */
  quietMs: number
  /** After this long over a soft cap nobody is waited for any more. */
  patienceMs: number
  /** A process that was replaced softly gets this long before the next time: its memory may simply be needed. */
  restMs: number
}

/**
 * The limits that settings give. One gigabyte for everything, as a Pi with 2 GB can spare, unless they say
 * otherwise. The heaps bound what JavaScript allocates, the caps what the processes really hold: buffers,
 * SQLite's cache and threads lie outside the heaps. Settings that nobody could have saved are not believed.
 */
export function memoryLimits(stored: unknown): MemoryLimits {
  const known = MemorySettings.partial().safeParse(stored ?? {})
  const wished = choose(DEFAULT_SETTINGS.memory, known.success ? known.data : {})
  const isSound = Object.keys(contradictions(wished)).length === 0
  const memory = isSound ? wished : DEFAULT_SETTINGS.memory
  return {
    heaps: {
      main: { heapMb: 128, semiSpaceMb: 4 },
      renderer: { heapMb: memory.rendererHeapMb, semiSpaceMb: 8 },
      server: { heapMb: memory.serverHeapMb, semiSpaceMb: 8 },
    },
    caps: {
      renderer: { softMb: memory.rendererSoftMb, hardMb: memory.rendererHardMb },
      server: { softMb: memory.serverSoftMb, hardMb: memory.serverHardMb },
    },
    total: { softMb: memory.totalSoftMb, hardMb: memory.totalHardMb },
    samples: 3,
    everyMs: 10_000,
    quietMs: 60_000,
    patienceMs: 15 * 60_000,
    restMs: 10 * 60_000,
  }
}

/** What holds where nobody chose anything else. */
export const MEMORY = memoryLimits({})
