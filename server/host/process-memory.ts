import { readFileSync } from 'node:fs'

/** What a process holds, MB; null: unknown, which is not the same as nothing. */
export type ProcessMemory = {
  /** Pages in memory, those of mapped files included. */
  rssMb: number | null
  /** The same with shared pages divided among those who share them; null where reading it is not allowed. */
  pssMb: number | null
  /**
   * What only its end gives back: without the pages of mapped files, which the kernel takes whenever it
   * needs them. A database of 154 MB, read by two connections of one process, counts 300 MB in its RSS;
   * replacing the server for that would help nobody. This is what the caps compare.
   */
  ownMb: number | null
}

type Read = (file: string) => string

const readText: Read = (file) => readFileSync(file, 'utf8')

export function readProcessMemory(pid: number, read: Read = readText): ProcessMemory {
  const status = fields(`/proc/${pid}/status`, read)
  // A sandboxed page's process lets nobody look into this one.
  const shares = fields(`/proc/${pid}/smaps_rollup`, read)
  return {
    rssMb: sum(status, ['VmRSS']),
    pssMb: sum(shares, ['Pss']),
    ownMb: sum(shares, ['Pss_Anon', 'Pss_Shmem']) ?? sum(status, ['RssAnon', 'RssShmem']),
  }
}

function fields(file: string, read: Read): Map<string, number> {
  const found = new Map<string, number>()
  let text: string
  try {
    text = read(file)
  } catch {
    return found
  }
  for (const [, name, kb] of text.matchAll(/^(\w+):\s+(\d+) kB$/gm)) {
    if (name !== undefined) found.set(name, Number(kb))
  }
  return found
}

/** A process that is just ending has zeros: unknown as well. */
function sum(found: Map<string, number>, names: readonly string[]): number | null {
  let kb = 0
  for (const name of names) {
    const value = found.get(name)
    if (value === undefined) return null
    kb += value
  }
  return kb === 0 ? null : Math.round(kb / 102.4) / 10
}
