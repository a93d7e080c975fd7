import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import { auditWrites } from '../../db/audit.ts'
import { punchReads, punchWrites } from '../../db/punches.ts'
import { actorOf } from '../batch.ts'
import { command } from '../threads/define.ts'
import { puncher } from './puncher.ts'
import { runningWork } from './running.ts'
import { actor, whose } from './whose.ts'
import { punchToWire } from './wire.ts'

const UNDO_MS = 60_000

type Delivered = Pick<Input<'punches.create'>, 'key' | 'kind' | 'at'> & {
  userId: number
  deviceId: number | null
}

export const punchCommands = {
  'punches.create': command<Input<'punches.create'>, Answer<'punches.create'>>((context) => {
    const who = whose(context.db.sql)
    const punch = puncher(context)
    return ({ user, ...press }, viewer) => {
      const device = viewer.kind === 'user' ? viewer.device : null
      return punchToWire(punch({ ...press, user: who.own(viewer, user), device }), context.zone)
    }
  }),

  /** From the journal of a kiosk, whose ticket says whose it is. */
  'punches.deliver': command<Delivered, Answer<'punches.create'>>((context) => {
    const punch = puncher(context)
    return ({ userId, deviceId, ...press }) =>
      punchToWire(punch({ ...press, user: userId, device: deviceId }), context.zone)
  }),

  'punches.undo': command<Input<'punches.undo'>, Answer<'punches.undo'>>((context) => {
    const punches = { ...punchReads(context.db.sql), ...punchWrites(context.db) }
    const audit = auditWrites(context.db)
    const work = runningWork(context)
    return ({ id }, viewer) => {
      const row = punches.byId(id)
      // Somebody else's is not there for whoever asks.
      if (!row || (viewer.kind !== 'operator' && row.user_id !== actorOf(viewer))) throw notFound('punch', id)
      if (row.undone_at !== null) return punchToWire(row, context.zone)
      const now = context.clock()
      const isLast = punches.last(row.user_id)?.id === id && row.correction_id === null
      if (!isLast || now - row.recorded_at > UNDO_MS)
        throw new Refusal(
          'conflict',
          'Only the last punch can be taken back, and only within a minute. Ask for a correction instead.',
        )
      punches.undo(id, now)
      audit.add({ at: now, ...actor(viewer), action: 'punch.undo', subject: id })
      if (row.ended_batch_id !== null) work.goOn(row.user_id, row.ended_batch_id)
      else work.endUnlessIn(row.user_id)
      return punchToWire(row, context.zone)
    }
  }),
}
