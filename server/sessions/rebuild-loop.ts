import { OPERATOR } from '../../contract/access.ts'
import type { Pool } from '../threads/pool.ts'

/** After a failure (a full disk, say) it is tried again this much later. */
const RETRY_MS = 60_000

/**
 * Has sessions made anew where they are not those of the settings of now: after a start, and whenever
 * settings change. Others come in between, for each stretch is a command like any other.
 * @returns stops it
 */
export function keepSessionsMade(
  pool: Pick<Pool, 'command' | 'onCommit'>,
  log: { warn(fields: object, message: string): void },
): () => void {
  let isRunning = false
  let isStopped = false
  let retry: NodeJS.Timeout | undefined

  async function run(): Promise<void> {
    if (isRunning || isStopped) return
    isRunning = true
    try {
      let progress
      do progress = await pool.command('sessions.rebuild', {}, OPERATOR)
      while (!progress.isComplete && !isStopped)
    } catch (error) {
      if (isStopped) return
      log.warn({ reason: String(error) }, 'Sessions could not be made anew')
      retry = setTimeout(() => void run(), RETRY_MS).unref()
    } finally {
      isRunning = false
    }
  }

  const ended = pool.onCommit((_commit, tables) => {
    if (tables.includes('settings')) void run()
  })
  void run()
  return () => {
    isStopped = true
    clearTimeout(retry)
    ended()
  }
}
