import type { ProcessMetric } from 'electron'
import type { Part } from '../server/host/memory-limits.ts'
import type { Reading } from '../server/host/memory-policy.ts'
import type { ProcessMemory } from '../server/host/process-memory.ts'
import { SERVICE } from './utility-child.ts'

const PARTS: Partial<Record<ProcessMetric['type'], Part>> = { Browser: 'main', Tab: 'renderer', GPU: 'gpu' }

/** What every process of ours holds. Electron knows which there are, the kernel how large they are. */
export function readAll(
  metrics: readonly Pick<ProcessMetric, 'pid' | 'type' | 'name'>[],
  read: (pid: number) => ProcessMemory,
): Reading[] {
  return metrics.map(({ pid, type, name }) => {
    const isServer = type === 'Utility' && name?.startsWith(SERVICE) === true
    return { pid, part: isServer ? 'server' : (PARTS[type] ?? 'other'), ...read(pid) }
  })
}
