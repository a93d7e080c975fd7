import type { Correction } from '../../contract/attendance.ts'
import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import { auditWrites } from '../../db/audit.ts'
import { correctionReads, correctionWrites, type CorrectionRow, type Wanted } from '../../db/corrections.ts'
import { punchReads, punchWrites } from '../../db/punches.ts'
import { userReads } from '../../db/users.ts'
import { actorOf } from '../batch.ts'
import { command, type WriteContext } from '../threads/define.ts'
import { changeReader } from './change.ts'
import { needRightClock } from './clock.ts'
import { runningWork } from './running.ts'
import { actor, whose } from './whose.ts'
import { correctionToWire, wantedOf } from './wire.ts'

export const correctionCommands = {
  'corrections.create': command<Input<'corrections.create'>, Answer<'corrections.create'>>((context) => {
    const desk = corrections(context)
    const who = whose(context.db.sql)
    return ({ key, user: handle, reason, voids, adds }, viewer) => {
      const user = who.anyOf(viewer, handle)
      const wanted: Wanted = { voids: [...new Set(voids)], adds }
      const stored = desk.byKey(user, key)
      if (stored) {
        if (stored.reason === reason && stored.wanted === JSON.stringify(wanted)) return desk.wire(stored.id)
        throw new Refusal('conflict', `The key "${key}" is taken by another correction.`, {
          key: `names correction ${stored.id}`,
        })
      }
      const now = context.clock()
      needRightClock(now)
      const { day, onlyEnds } = desk.look(user, wanted, now)
      const id = desk.insert({
        user_id: user,
        key,
        day,
        at: now,
        reason,
        wanted: JSON.stringify(wanted),
        state: onlyEnds ? 'approved' : 'open',
        self_reported: onlyEnds ? 1 : 0,
        decided_by: null,
        decided_at: null,
        note: null,
      })
      desk.audit({ at: now, ...actor(viewer), action: 'correction.ask', subject: id })
      if (onlyEnds) desk.apply(user, id, wanted)
      return desk.wire(id)
    }
  }),

  'corrections.decide': command<Input<'corrections.decide'>, Answer<'corrections.decide'>>((context) => {
    const desk = corrections(context)
    const users = userReads(context.db.sql)
    return ({ id, approve, note }, viewer) => {
      const row = desk.byId(id)
      if (!row) throw notFound('correction', id)
      const decider = actorOf(viewer)
      if (row.user_id === decider && users.otherAdmins(decider) > 0)
        throw new Refusal('forbidden', 'Your own correction is for another admin to decide.')
      const state = approve ? 'approved' : 'rejected'
      // Sent again, because the answer was lost.
      if (row.state === state && row.decided_by === decider) return desk.wire(id)
      needOpen(row)
      const now = context.clock()
      if (approve) {
        desk.look(row.user_id, wantedOf(row), now)
        desk.apply(row.user_id, id, wantedOf(row))
      }
      desk.decide({ id, state, decided_by: decider, decided_at: now, note: note ?? null })
      desk.audit({
        at: now,
        ...actor(viewer),
        action: `correction.${approve ? 'approve' : 'reject'}`,
        subject: id,
      })
      return desk.wire(id)
    }
  }),

  'corrections.withdraw': command<Input<'corrections.withdraw'>, Answer<'corrections.withdraw'>>(
    (context) => {
      const desk = corrections(context)
      return ({ id }, viewer) => {
        const row = desk.byId(id)
        if (!row || (viewer.kind !== 'operator' && row.user_id !== actorOf(viewer)))
          throw notFound('correction', id)
        if (row.state === 'withdrawn') return desk.wire(id)
        needOpen(row)
        const now = context.clock()
        desk.decide({ id, state: 'withdrawn', decided_by: actorOf(viewer), decided_at: now, note: null })
        desk.audit({ at: now, ...actor(viewer), action: 'correction.withdraw', subject: id })
        return desk.wire(id)
      }
    },
  ),
}

function needOpen({ state }: CorrectionRow): void {
  if (state !== 'open') throw new Refusal('conflict', `This correction is ${state} already.`)
}

function corrections(context: WriteContext) {
  const { sql } = context.db
  const rows = { ...correctionReads(sql), ...correctionWrites(context.db) }
  const punches = { ...punchReads(sql), ...punchWrites(context.db) }
  const work = runningWork(context)
  return {
    ...rows,
    look: changeReader(sql, context),
    audit: auditWrites(context.db).add,

    /** What it voids stays on record, and what it adds says where it came from. */
    apply(user: number, id: number, { voids, adds }: Wanted): void {
      for (const punch of voids) punches.voidBy(id, punch)
      adds
        .toSorted((a, b) => a.at - b.at)
        .forEach(({ kind, at }, index) =>
          punches.insert({
            user_id: user,
            key: `correction ${id}.${index}`,
            kind,
            at,
            recorded_at: context.clock(),
            device_id: null,
            correction_id: id,
          }),
        )
      work.endUnlessIn(user)
    },

    wire(id: number): Correction {
      const row = rows.byId(id)
      if (!row) throw new Error(`correction ${id} was stored and cannot be found`)
      const voided = wantedOf(row).voids.flatMap((punch) => punches.byId(punch) ?? [])
      return correctionToWire(row, voided, context.zone)
    },
  }
}
