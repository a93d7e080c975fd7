import { readdirSync, readFileSync } from 'node:fs'
import type { Part } from '../server/host/memory-limits.ts'
import type { Reading } from '../server/host/memory-policy.ts'
import { readProcessMemory } from '../server/host/process-memory.ts'

/** What the processes of a Chromium hold that was started as the leader of its group. */
export function readChromium(leader: number): Reading[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => groupOf(pid) === leader)
    .map((pid) => ({ pid, part: partOf(pid), ...readProcessMemory(pid) }))
}

/** Of one that runs: `pid (name) state ppid pgrp …`; the name may hold anything. */
function groupOf(pid: number): number | undefined {
  const [state, , group] = text(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
  return state === 'Z' ? undefined : Number(group)
}

function partOf(pid: number): Part {
  // Chromium's children write theirs anew, with spaces between the arguments.
  const type = /[\0 ]--type=([\w-]+)/.exec(text(`/proc/${pid}/cmdline`))?.[1]
  if (type === 'renderer') return 'renderer'
  return type === 'gpu-process' ? 'gpu' : 'other'
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
