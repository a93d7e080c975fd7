import { readFileSync } from 'node:fs'

/** Resident memory in MB: all of it, and the part that is the process's own (not pages of mapped files). */
export type Memory = { rss: number; own: number }

export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? NaN)
  return { rss: kb('VmRSS') / 1024, own: kb('RssAnon') / 1024 }
}

/** Processor time that a process has used, all threads, in ms. */
export function cpuMsOf(pid: number): number {
  // The name in parentheses may hold spaces; fields are counted behind it. Ticks are 10 ms on Linux.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Looks at a process's memory every 50 ms until stopped; answers with the highest values. */
export function watchMemory(pid: number): { stop(): Memory } {
  const peak: Memory = memoryOf(pid)
  const look = () => {
    const now = memoryOf(pid)
    peak.rss = Math.max(peak.rss, now.rss)
    peak.own = Math.max(peak.own, now.own)
  }
  const timer = setInterval(look, 50)
  return {
    stop() {
      clearInterval(timer)
      look()
      return peak
    },
  }
}
