import { OPERATOR } from '../../contract/access.ts'
import type { Pool } from '../threads/pool.ts'

/** After a failure (a full disk, say) it is tried again this much later. */
const RETRY_MS = 60_000

/**
 * Has rules look at what they were too slow for when it arrived: after a start, and whenever they fell behind.
 * Others come in between, for each stretch is a command like any other.
 * @returns stops it
 */
export function keepRulesCaughtUp(
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
      let step
      do step = await pool.command('rules.catchUp', {}, OPERATOR)
      while (!step.isComplete && !isStopped)
    } catch (error) {
      if (isStopped) return
      log.warn({ reason: String(error) }, 'Rules could not catch up')
      retry = setTimeout(() => void run(), RETRY_MS).unref()
    } finally {
      isRunning = false
    }
  }

  const ended = pool.onCommit((_commit, tables) => {
    if (tables.includes('assignment_rules')) void run()
  })
  void run()
  return () => {
    isStopped = true
    clearTimeout(retry)
    ended()
  }
}
