import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import { attemptWrites } from '../../db/attempts.ts'
import { loginWrites } from '../../db/logins.ts'
import { peopleReads, peopleWrites, pinSubject, type PersonRow } from '../../db/people.ts'
import { userReads, userWrites } from '../../db/users.ts'
import { command, type WriteContext } from '../threads/define.ts'
import { personToWire } from './wire.ts'

/** Secrets on their way into the file: hashed, which the HTTP thread does. Null removes one. */
export type HashedSecrets = {
  id: number
  password?: string | null | undefined
  pin?: string | null | undefined
  badge?: Uint8Array | null | undefined
}

type Changes = Omit<Input<'people.change'>, 'id'>

export const peopleCommands = {
  'people.create': command<Input<'people.create'>, Answer<'people.create'>>((context) => {
    const users = { ...userReads(context.db.sql), ...userWrites(context.db) }
    const change = changer(context)
    return ({ handle, ...about }) => {
      if (users.idOf(handle) !== undefined)
        throw new Refusal('conflict', `There is a person ${handle} already.`, { handle: 'is taken' })
      return change(users.ensure(handle, about.name), about)
    }
  }),

  'people.change': command<Input<'people.change'>, Answer<'people.change'>>((context) => {
    const change = changer(context)
    return ({ id, ...about }) => change(id, about)
  }),

  'people.secrets': command<HashedSecrets, Answer<'people.secrets'>>((context) => {
    const { db, clock, zone } = context
    const people = { ...peopleReads(db.sql), ...peopleWrites(db) }
    const logins = loginWrites(db)
    const attempts = attemptWrites(db)
    const keepAdmin = adminKeeper(context)
    return ({ id, password, pin, badge }, viewer) => {
      const person = people.byId(id)
      if (!person) throw notFound('person', id)
      const at = clock()
      keepAdmin(() => {
        if (password !== undefined) {
          people.setPassword(id, password)
          // Who changes the own one stays where they are, and is logged out everywhere else.
          const but = viewer.kind === 'user' && viewer.id === id ? viewer.login : undefined
          logins.endAll({ user: id, at, via: 'browser', but })
        }
      })
      if (pin !== undefined) people.setPin(id, pin)
      if (badge !== undefined) {
        const wanted = badge && Buffer.from(badge)
        const other = wanted && people.ofBadge(wanted)
        if (other && other.id !== id)
          throw new Refusal('conflict', 'This badge is somebody else’s.', { badge: 'is taken' })
        people.setBadge(id, wanted)
      }
      if (pin !== undefined || badge !== undefined) logins.endAll({ user: id, at, via: 'kiosk' })
      attempts.clear(pinSubject(person.handle))
      return personToWire(people.byId(id) ?? person, zone, at)
    }
  }),

  /** The own language. */
  'me.locale': command<{ locale: 'de' | 'en' }, null>(({ db }) => {
    const people = { ...peopleReads(db.sql), ...peopleWrites(db) }
    return ({ locale }, viewer) => {
      const row = viewer.kind === 'user' ? people.byId(viewer.id) : undefined
      if (row) people.change({ ...row, locale })
      return null
    }
  }),
}

function changer(context: WriteContext) {
  const { db, clock, zone } = context
  const people = { ...peopleReads(db.sql), ...peopleWrites(db) }
  const logins = loginWrites(db)
  const keepAdmin = adminKeeper(context)
  return (id: number, about: Changes) => {
    const before = people.byId(id)
    if (!before) throw notFound('person', id)
    keepAdmin(() => people.change(changed(before, about)))
    if (about.active === false) logins.endAll({ user: id, at: clock() })
    return personToWire(people.byId(id) ?? before, zone, clock())
  }
}

function changed(
  row: PersonRow,
  { active, targetMinutes, balanceFrom, carriedMinutes, ...about }: Changes,
): PersonRow {
  const given = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined))
  return {
    ...row,
    ...given,
    active: active === undefined ? row.active : active ? 1 : 0,
    target_minutes:
      targetMinutes === undefined ? row.target_minutes : targetMinutes && JSON.stringify(targetMinutes),
    balance_from: balanceFrom === undefined ? row.balance_from : balanceFrom,
    carried_minutes: carriedMinutes ?? row.carried_minutes,
  }
}

/** A hub whose last admin went would ask the next passer-by to set it up. */
function adminKeeper({ db }: WriteContext): (change: () => void) => void {
  const people = peopleReads(db.sql)
  return (change) => {
    const before = people.admins()
    change()
    if (before > 0 && people.admins() === 0)
      throw new Refusal('conflict', 'This is the last admin who can log in. Make another one first.')
  }
}
