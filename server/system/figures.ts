import type { HostReport } from '../../contract/host.ts'
import { backupsOf, diskFree, sizeOf } from '../disk.ts'
import type { Figures, Values } from '../http/metrics.ts'
import type { Pool } from '../threads/pool.ts'

export type FigureSources = {
  pool: Pick<Pool, 'stats'>
  file: string
  answerBytes: () => number
  liveClients: () => number
  /** What the host said last. */
  host: () => HostReport | null
}

const MB = 1024 * 1024

/** What `/metrics` tells besides requests and the process itself. */
export function figures({ pool, file, answerBytes, liveClients, host }: FigureSources): Figures {
  const told = (read: (report: HostReport) => Values) => () => {
    const report = host()
    return report === null ? [] : read(report)
  }
  return {
    database_bytes: { help: 'Size of the database file', value: () => sizeOf(file) },
    wal_bytes: { help: 'Size of the write-ahead log', value: () => sizeOf(`${file}-wal`) },
    disk_free_bytes: { help: 'Free space on the disk of the database', value: () => diskFree(file) ?? NaN },
    newest_backup_timestamp_seconds: {
      help: 'When the newest copy in the folder "backups" was made; 0 when there is none',
      value: () => (backupsOf(file)[0]?.at ?? 0) / 1000,
    },
    reads_queued: { help: 'Queries waiting for a reader', value: () => pool.stats().readsQueued },
    writes_queued: { help: 'Commands waiting for their commit', value: () => pool.stats().writesQueued },
    thread_restarts: {
      help: 'Threads replaced since the start',
      value: () => pool.stats().readerRestarts + pool.stats().writerRestarts,
    },
    answer_cache_bytes: { help: 'Finished responses kept in memory', value: answerBytes },
    live_clients: { help: 'Open event streams', value: liveClients },
    process_memory_bytes: {
      help: 'What the processes of a part hold of their own, without pages of mapped files',
      labels: ['part'],
      value: told(({ readings }) => byPart(readings, ({ ownMb }) => ownMb)),
    },
    process_resident_bytes: {
      help: 'Resident memory of the processes of a part, pages of mapped files included',
      labels: ['part'],
      value: told(({ readings }) => byPart(readings, ({ rssMb }) => rssMb)),
    },
    memory_cap_bytes: {
      help: 'Own memory over which a part is replaced (soft) or ended (hard)',
      labels: ['part', 'kind'],
      value: told(({ caps }) =>
        Object.entries(caps).flatMap(([part, { softMb, hardMb }]) => [
          { labels: { part, kind: 'soft' }, value: softMb * MB },
          { labels: { part, kind: 'hard' }, value: hardMb * MB },
        ]),
      ),
    },
    heap_limit_bytes: {
      help: 'V8 heap limit of a part, as asked for and as reported',
      labels: ['part', 'kind'],
      value: told(({ heaps }) =>
        Object.entries(heaps).flatMap(([part, { askedMb, reportedMb }]) => [
          { labels: { part, kind: 'asked' }, value: askedMb * MB },
          ...(reportedMb === null ? [] : [{ labels: { part, kind: 'reported' }, value: reportedMb * MB }]),
        ]),
      ),
    },
    unit_memory_max_bytes: {
      help: 'Memory to which the kernel limits the unit; absent while it does not',
      labels: ['kind'],
      value: told(({ unit }) => {
        if (unit.state !== 'enforced') return []
        const high = unit.highMb === null ? [] : [{ labels: { kind: 'high' }, value: unit.highMb * MB }]
        return [{ labels: { kind: 'max' }, value: unit.maxMb * MB }, ...high]
      }),
    },
    server_restarts_total: {
      help: 'Servers that ended and were replaced since the host started',
      value: () => host()?.endCount ?? 0,
    },
  }
}

type Reading = HostReport['readings'][number]

function byPart(readings: readonly Reading[], size: (reading: Reading) => number | null): Values {
  const sums = new Map<string, number>()
  for (const reading of readings) {
    const mb = size(reading)
    if (mb !== null) sums.set(reading.part, (sums.get(reading.part) ?? 0) + mb * MB)
  }
  return [...sums].map(([part, value]) => ({ labels: { part }, value }))
}
