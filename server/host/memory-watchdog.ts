import type { Clock } from '../../contract/time.ts'
import type { MemoryLimits } from './memory-limits.ts'
import { judgeMemory, NOTHING_YET, totalMb, type Reading, type Replaceable } from './memory-policy.ts'

export type WatchdogOptions = {
  limits: MemoryLimits
  /** What every process holds right now. */
  sample: () => readonly Reading[]
  /** How long nobody has touched the kiosk; `Infinity` where there is none. */
  quietForMs: () => number
  replace: (part: Replaceable, reason: string) => void
  kill: (part: Replaceable, reason: string) => void
  /** Every sample, for whoever shows it. */
  onSample?: (readings: readonly Reading[], totalMb: number | null) => void
  clock: Clock
  log: (fields: object, message: string) => void
}

/**
 * The primary cap: the kernel's memory controller is off on Raspberry Pi OS, so systemd's `MemoryMax` may
 * be ignored without a word, and V8's heap limits leave out what lies outside the heap.
 * @returns stops watching
 */
export function watchMemory(options: WatchdogOptions): () => void {
  let memory = NOTHING_YET
  const round = () => {
    const readings = options.sample()
    options.onSample?.(readings, totalMb(readings))
    const judged = judgeMemory(options.limits, memory, readings, {
      now: options.clock(),
      quietForMs: options.quietForMs(),
    })
    memory = judged.memory
    for (const { kind, part, pid, reason } of judged.actions) {
      options.log({ part, pid, action: kind, readings }, `Memory: ${reason}`)
      options[kind](part, reason)
    }
  }
  const timer = setInterval(round, options.limits.everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
