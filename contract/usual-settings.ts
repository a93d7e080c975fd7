import type { MemorySettings, Settings } from './settings.ts'

/** What holds where nobody chose. Without zod, which threads that only use the values need not load. */
export const DEFAULT_SETTINGS: Settings = {
  sessions: { gapSeconds: 300, breakSeconds: 60, smallSeconds: 120, similarity: 0.65 },
  memory: {
    serverHeapMb: 192,
    serverSoftMb: 300,
    serverHardMb: 400,
    rendererHeapMb: 256,
    rendererSoftMb: 450,
    rendererHardMb: 600,
    totalSoftMb: 900,
    totalHardMb: 1024,
  },
  access: { ingest: 'paired', hosts: [] },
  kiosk: { showsPresence: true, darkAfterMinutes: 15 },
}

/** Settings with what was chosen over what is there; what was left out stays. */
export function choose<T extends object>(there: T, chosen: { [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(chosen).filter(([, value]) => value !== undefined)
  return { ...there, ...(Object.fromEntries(given) as Partial<T>) }
}

/** What is wrong with limits that contradict each other, by field; empty when nothing is. */
export function contradictions(limits: MemorySettings): Record<string, string> {
  const wrong: Record<string, string> = {}
  for (const part of ['server', 'renderer'] as const) {
    const soft = limits[`${part}SoftMb`]
    if (limits[`${part}HeapMb`] > soft) wrong[`memory.${part}HeapMb`] = `at most ${soft}, the soft cap`
    if (limits[`${part}HardMb`] <= soft) wrong[`memory.${part}HardMb`] = `more than ${soft}, the soft cap`
  }
  if (limits.totalHardMb <= limits.totalSoftMb)
    wrong['memory.totalHardMb'] = `more than ${limits.totalSoftMb}, the soft cap`
  if (limits.totalSoftMb < Math.max(limits.serverSoftMb, limits.rendererSoftMb))
    wrong['memory.totalSoftMb'] = 'at least the largest soft cap of a part'
  return wrong
}
