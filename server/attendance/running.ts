import type { Instant } from '../../contract/time.ts'
import { batchReads, batchWrites } from '../../db/batches.ts'
import { eventReads, eventWrites } from '../../db/events.ts'
import { punchReads } from '../../db/punches.ts'
import { runningReads, runningWrites, type RunningRow } from '../../db/running-work.ts'
import { userReads } from '../../db/users.ts'
import { json } from '../batch.ts'
import { entered, entryWriter } from '../entry.ts'
import { LEAVES } from '../shifts.ts'
import type { WriteContext } from '../threads/define.ts'

/** What was chosen so shortly ago was chosen by mistake: it makes no entry. */
export const JUST_MS = 60_000

/** The key of its entry is the one with which the work began. */
const entryKey = (key: string): string => `work ${key}`

/** Work that people said to be doing, until it ends and is an entry like any other. */
export function runningWork(context: WriteContext) {
  const running = { ...runningReads(context.db.sql), ...runningWrites(context.db) }
  const users = userReads(context.db.sql)
  const punches = punchReads(context.db.sql)
  const events = { ...eventReads(context.db.sql), ...eventWrites(context.db) }
  const batches = { ...batchReads(context.db.sql), ...batchWrites(context.db) }
  const write = entryWriter(context)
  const isEntered = entered(context.db.sql)
  const handleOf = (user: number) => users.handleOf(user) ?? ''

  /** Ends what a person is working on; the batch of its entry, null for none. */
  function end(user: number, at: Instant): number | null {
    const work = running.ofUser(user)
    if (!work) return null
    running.remove(user)
    if (at - work.started_at < JUST_MS) return null
    const handle = handleOf(user)
    const entry = {
      key: entryKey(work.key),
      user: handle,
      start: work.started_at,
      end: at,
      private: false,
      target: { projectId: work.project_id, milestoneId: work.milestone_id },
    }
    // Theirs to undo, whoever made it end: a punch may come from the journal of a kiosk.
    const owner = {
      kind: 'user',
      id: user,
      handle,
      role: 'member',
      at: 'kiosk',
      login: 0,
      device: null,
    } as const
    return write(entry, owner).batch
  }

  return {
    ofUser: running.ofUser,
    /** Whether that request began what runs, or what has run and is an entry since. */
    cameBefore: (user: number, key: string): boolean =>
      running.ofUser(user)?.key === key || isEntered(handleOf(user), entryKey(key)),
    begin: (row: RunningRow) => running.put(row),
    end,

    /** Ends it where the person is not in any more, or was not after all. */
    endUnlessIn(user: number): number | null {
      const last = punches.last(user)
      return last && LEAVES[last.kind] === 'in' ? null : end(user, last?.at ?? 0)
    },

    /** Takes back that it ended, unless somebody did something with its entry since. */
    goOn(user: number, batch: number): void {
      const [change] = batches.changes(batch)
      const entry = change && events.byId(change.event_id)
      const flags = change && events.flags(change.event_id)
      if (!entry || !flags || json(flags) !== change.after || entry.project_id === null) return
      events.setFlags(entry.id, { ...flags, deleted_at: context.clock() })
      batches.markUndone(batch, context.clock())
      running.put({
        user_id: user,
        // Its entry to come is another than the one that was taken back.
        key: `after ${batch}`,
        project_id: entry.project_id,
        milestone_id: entry.milestone_id,
        started_at: entry.start,
      })
    },
  }
}
