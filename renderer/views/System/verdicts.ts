import type { System } from '../../../contract/system.ts'
import { parseInstant, zone } from '../../../contract/time.ts'
import { t } from '../../i18n/index.ts'
import { megabytes, partName, size, threadName } from './words.ts'

export type Tone = 'ok' | 'warn' | 'bad'
export type Note = { tone: Tone; text: string }

const GIGA = 1024 ** 3
const DAY_MS = 24 * 3_600_000
/** Below this little remains for a backup and the write-ahead log. */
const DISK_WARN = 2 * GIGA
const DISK_BAD = 0.5 * GIGA
/** Seed document: "Keep SQLite database <2GB". */
const DATABASE_LARGE = 2 * GIGA

const utc = zone('UTC')
/** Milliseconds from one ISO time to another. */
export const between = (from: string, to: string): number =>
  (parseInstant(to, utc) ?? 0) - (parseInstant(from, utc) ?? 0)

/** What an operator should know, the worst first; nothing when the hub is well. */
export function troubles(system: System): Note[] {
  const notes = [
    ...problem(system),
    ...disk(system.database.diskFreeBytes),
    ...heaps(system),
    ...restarts(system),
    ...large(system.database.bytes),
  ]
  return notes.toSorted((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad'))
}

export const worst = (notes: readonly Note[]): Tone =>
  notes.some(({ tone }) => tone === 'bad') ? 'bad' : notes.length > 0 ? 'warn' : 'ok'

function problem({ server }: System): Note[] {
  if (server.problem === null) return []
  const down = server.threads.filter(({ state }) => state === 'down')
  if (down.length > 0) {
    const names = down.map(({ name }) => threadName(name)).join(', ')
    return [{ tone: 'bad', text: t('system.note.thread', { names }) }]
  }
  return [{ tone: 'bad', text: /damaged/.test(server.problem) ? t('system.note.corrupt') : server.problem }]
}

function disk(free: number | null): Note[] {
  if (free === null || free >= DISK_WARN) return []
  return [{ tone: free < DISK_BAD ? 'bad' : 'warn', text: t('system.note.disk', { size: size(free) }) }]
}

function heaps({ memory }: System): Note[] {
  return memory.parts.flatMap(({ part, heap }) =>
    heap?.isInForce === false && heap.reportedMb !== null
      ? [
          {
            tone: 'warn' as const,
            text: t('system.note.heap', {
              name: partName(part),
              asked: megabytes(heap.askedMb),
              reported: megabytes(heap.reportedMb),
            }),
          },
        ]
      : [],
  )
}

function restarts({ host, now }: System): Note[] {
  const recent = host?.restarts.last.filter(({ at }) => between(at, now) < DAY_MS).length ?? 0
  return recent === 0 ? [] : [{ tone: 'warn', text: t('system.note.restarts', {}, recent) }]
}

const large = (bytes: number): Note[] =>
  bytes <= DATABASE_LARGE ? [] : [{ tone: 'warn', text: t('system.note.large', { size: size(bytes) }) }]

/** How much of the memory is in use: what is over its cap, the worst first. */
export function memoryNote({ memory }: System): Note {
  const judged = [
    { part: 'total' as const, mb: memory.totalMb, cap: memory.cap },
    ...memory.parts.map(({ part, ownMb, cap }) => ({ part, mb: ownMb, cap })),
  ]
  const over = judged.filter(({ mb, cap }) => mb !== null && cap !== null && mb > cap.softMb)
  const first = over.find(({ mb, cap }) => (mb ?? 0) > (cap?.hardMb ?? Infinity)) ?? over[0]
  if (first?.cap) {
    const soft = megabytes(first.cap.softMb)
    return {
      tone: (first.mb ?? 0) > first.cap.hardMb ? 'bad' : 'warn',
      text:
        first.part === 'total'
          ? t('system.memory.overAll', { soft })
          : t('system.memory.over', { name: partName(first.part), soft }),
    }
  }
  return { tone: 'ok', text: memory.cap === null ? '' : t('system.memory.room') }
}

const HOUR_MS = 3_600_000

/** Slow requests that are more than an hour old trouble nobody any more. */
export function speedTone({ requests, now }: System): Tone {
  return requests.slow.some(({ at }) => between(at, now) < HOUR_MS) ? 'warn' : 'ok'
}
