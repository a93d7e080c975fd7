import { Refusal } from '../../contract/errors.ts'
import type { Instant } from '../../contract/time.ts'
import { attemptReads, attemptWrites } from '../../db/attempts.ts'
import { auditWrites } from '../../db/audit.ts'
import { loginWrites, type LoginVia } from '../../db/logins.ts'
import { offerWrites, type OfferRow } from '../../db/offers.ts'
import { peopleReads, peopleWrites } from '../../db/people.ts'
import { sightingWrites, type Sighting } from '../../db/sightings.ts'
import { userWrites } from '../../db/users.ts'
import { command } from '../threads/define.ts'
import { counted, LOCK_RULES, type LockKind } from './locks.ts'

export type Try = { subject: string; kind: LockKind }

export type Opening = {
  user: number
  via: LoginVia
  device: number | null
  token: Uint8Array
  ticket: Uint8Array | null
  agent: string | null
  address: string | null
  lastsMs: number
  /** Wrong tries that are forgiven with it. */
  forgives: readonly string[]
}
export type OpeningOf = Omit<Opening, 'user' | 'via'>

export const accessCommands = {
  /** Counts a try before it is looked at. Answers until when it is none, or null. */
  'attempts.take': command<{ tries: readonly Try[] }, { lockedUntil: Instant | null }>(({ db, clock }) => {
    const reads = attemptReads(db.sql)
    const writes = attemptWrites(db)
    return ({ tries }) => {
      const now = clock()
      const results = tries.map(({ subject, kind }) =>
        counted(reads.of(subject), subject, LOCK_RULES[kind], now),
      )
      const locks = results.flatMap((result) => ('lockedUntil' in result ? result.lockedUntil : []))
      // What is refused anyway counts against nobody: a lock ends when it said it would.
      if (locks.length > 0) return { lockedUntil: Math.max(...locks) }
      for (const result of results) if ('row' in result) writes.put(result.row)
      return { lockedUntil: null }
    }
  }),

  'attempts.clear': command<{ subject: string }, null>(({ db }) => {
    const writes = attemptWrites(db)
    return ({ subject }) => {
      writes.clear(subject)
      return null
    }
  }),

  'access.seen': command<{ sightings: readonly Sighting[] }, null>(({ db }) => {
    const writes = sightingWrites(db)
    return ({ sightings }) => {
      for (const sighting of sightings) writes.put(sighting)
      return null
    }
  }),

  'logins.open': command<Opening, { login: number }>(({ db, clock }) => {
    const open = opener(db)
    return (opening) => ({ login: open(opening, clock()) })
  }),

  /** Makes the first admin: once there is one, others are theirs to make. */
  'setup.finish': command<
    { handle: string; name: string; password: string; locale: 'de' | 'en' | null; opening: OpeningOf },
    { user: number }
  >(({ db, clock }) => {
    const people = { ...peopleReads(db.sql), ...peopleWrites(db) }
    const users = userWrites(db)
    const open = opener(db)
    return ({ handle, name, password, locale, opening }) => {
      if (people.admins() > 0) throw new Refusal('conflict', 'This hub is set up already. Log in.')
      const id = users.ensure(handle, name)
      const row = people.byId(id)
      if (!row) throw new Error(`person ${id} was stored and cannot be found`)
      people.change({ ...row, name, role: 'admin', active: 1, locale })
      people.setPassword(id, password)
      open({ ...opening, user: id, via: 'setup' }, clock())
      return { user: id }
    }
  }),

  'logins.end': command<{ id: number }, null>(({ db, clock }) => {
    const logins = loginWrites(db)
    return ({ id }, viewer) => {
      if (viewer.kind !== 'user' || !logins.end(id, viewer.id, clock()))
        throw new Refusal('not_found', `There is no log-in ${id} of yours.`)
      return null
    }
  }),

  'offers.put': command<
    Omit<OfferRow, 'expires_at' | 'code'> & { code: Uint8Array; lastsMs: number },
    { expires: Instant }
  >(({ db, clock }) => {
    const offers = offerWrites(db)
    return ({ lastsMs, code, ...offer }) => {
      const now = clock()
      offers.put({ ...offer, code: Buffer.from(code), expires_at: now + lastsMs }, now)
      return { expires: now + lastsMs }
    }
  }),

  /** A log-in for the code that a kiosk showed; null when there is no such code. */
  'offers.logIn': command<{ code: Uint8Array; opening: OpeningOf }, { user: number | null }>(
    ({ db, clock }) => {
      const offers = offerWrites(db)
      const people = peopleReads(db.sql)
      const open = opener(db)
      return ({ code, opening }) => {
        const offer = offers.take(Buffer.from(code), clock())
        const user =
          offer?.kind === 'login' && offer.user_id !== null ? people.byId(offer.user_id) : undefined
        if (user?.active !== 1) return { user: null }
        open({ ...opening, user: user.id, via: 'qr' }, clock())
        return { user: user.id }
      }
    },
  ),
}

function opener(db: Parameters<typeof loginWrites>[0]) {
  const logins = loginWrites(db)
  const attempts = attemptWrites(db)
  const audit = auditWrites(db)
  // What came from another thread is bytes, and no Buffer any more.
  return ({ user, via, device, token, ticket, agent, address, lastsMs, forgives }: Opening, now: Instant) => {
    for (const subject of forgives) attempts.clear(subject)
    audit.add({ at: now, user_id: user, via, action: 'login', subject: null })
    return logins.open({
      token: Buffer.from(token),
      ticket: ticket && Buffer.from(ticket),
      user_id: user,
      via,
      device_id: device,
      agent,
      address,
      created_at: now,
      expires_at: now + lastsMs,
    })
  }
}
