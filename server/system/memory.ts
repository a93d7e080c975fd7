import type { HostReport } from '../../contract/host.ts'
import type { MemoryPart } from '../../contract/system.ts'

const ORDER: readonly MemoryPart['part'][] = ['server', 'main', 'renderer', 'gpu', 'other']

type Limits = Pick<HostReport, 'caps' | 'heaps'>

/** Readings by part, with what each may hold. */
export function memoryParts(readings: HostReport['readings'], limits: Limits | null): MemoryPart[] {
  return ORDER.flatMap((part) => {
    const own = readings.filter((reading) => reading.part === part)
    if (own.length === 0) return []
    return [
      {
        part,
        processes: own.length,
        ownMb: total(own.map(({ ownMb }) => ownMb)),
        rssMb: total(own.map(({ rssMb }) => rssMb)),
        pssMb: total(own.map(({ pssMb }) => pssMb)),
        cap: part === 'server' || part === 'renderer' ? (limits?.caps[part] ?? null) : null,
        heap: part === 'gpu' || part === 'other' ? null : (limits?.heaps[part] ?? null),
      },
    ]
  })
}

/** What is known of them; null when nothing is. */
function total(sizes: readonly (number | null)[]): number | null {
  const known = sizes.filter((size) => size !== null)
  return known.length === 0 ? null : Math.round(known.reduce((a, b) => a + b) * 10) / 10
}
