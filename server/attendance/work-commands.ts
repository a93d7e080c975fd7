import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal } from '../../contract/errors.ts'
import { punchReads } from '../../db/punches.ts'
import { LEAVES } from '../shifts.ts'
import { targetCheck } from '../target.ts'
import { command } from '../threads/define.ts'
import { needRightClock } from './clock.ts'
import { nowReader } from './now.ts'
import { JUST_MS, runningWork } from './running.ts'
import { whose } from './whose.ts'

export const workCommands = {
  'work.switch': command<Input<'work.switch'>, Answer<'work.switch'>>((context) => {
    const { sql } = context.db
    const who = whose(sql)
    const punches = punchReads(sql)
    const work = runningWork(context)
    const check = targetCheck(context)
    const read = nowReader({ ...context, sql })

    return ({ key, user: handle, target }, viewer) => {
      const user = who.own(viewer, handle)
      if (work.cameBefore(user, key)) return read(user)
      const now = context.clock()
      needRightClock(now)
      const running = work.ofUser(user)
      if (!target) {
        work.end(user, now)
        return read(user)
      }
      check(target)
      const last = punches.last(user)
      if (!last || LEAVES[last.kind] !== 'in')
        throw new Refusal('conflict', 'Clock in first: work is counted while you are in.')
      const wanted = { project_id: target.projectId, milestone_id: target.milestoneId ?? null }
      if (running?.project_id === wanted.project_id && running.milestone_id === wanted.milestone_id)
        return read(user)
      // A choice of a moment ago was a slip: the next one counts from its beginning.
      const isSlip = running !== undefined && now - running.started_at < JUST_MS
      if (!isSlip) work.end(user, now)
      work.begin({ user_id: user, key, ...wanted, started_at: isSlip ? running.started_at : now })
      return read(user)
    }
  }),
}
