import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import type { UnitMemory } from '../../contract/host.ts'

const ROOT = '/sys/fs/cgroup'
const MB = 1024 * 1024

type Read = (file: string) => string

const readText: Read = (file) => readFileSync(file, 'utf8')

/**
 * Whether the kernel limits the memory of this process' cgroup, its own or one above it (cgroup v2).
 * systemd accepts `MemoryMax` in a unit also where it cannot be enforced, and says nothing.
 */
export function readUnitMemory(read: Read = readText): UnitMemory {
  const cgroup = textOf('/proc/self/cgroup', read)?.match(/^0::(\/.*)$/m)?.[1]
  const controllers = textOf(join(ROOT, 'cgroup.controllers'), read)
  if (cgroup === undefined || controllers === undefined) return { state: 'unknown' }
  const limits = [...foldersUpFrom(cgroup)].map((folder) => limitsIn(folder, read))
  const maxMb = smallest(limits.map(({ max }) => max))
  if (maxMb !== null) return { state: 'enforced', maxMb, highMb: smallest(limits.map(({ high }) => high)) }
  // Every cgroup but the root has the file, with `max` for no limit, as long as the controller acts on it.
  const isUnit = cgroup.endsWith('.service')
  return { state: isUnit && limits[0]?.max === undefined ? 'ignored' : 'none' }
}

function* foldersUpFrom(cgroup: string): Generator<string> {
  for (let folder = cgroup; ; folder = dirname(folder)) {
    yield join(ROOT, folder)
    if (folder === '/') return
  }
}

/** `undefined`: there is no such file; `Infinity`: no limit. */
function limitsIn(folder: string, read: Read): { max: number | undefined; high: number | undefined } {
  const limit = (name: string) => {
    const text = textOf(join(folder, name), read)?.trim()
    return text === undefined ? undefined : text === 'max' ? Infinity : Number(text)
  }
  return { max: limit('memory.max'), high: limit('memory.high') }
}

function smallest(limits: readonly (number | undefined)[]): number | null {
  const least = Math.min(...limits.map((limit) => limit ?? Infinity))
  return Number.isFinite(least) ? Math.round(least / MB) : null
}

function textOf(file: string, read: Read): string | undefined {
  try {
    return read(file)
  } catch {
    return undefined
  }
}
