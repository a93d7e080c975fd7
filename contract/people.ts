import { z } from 'zod'
import { Role } from './access.ts'
import { call } from './call.ts'
import { LIMITS } from './events.ts'
import { Colour, DayText, Id, IdText, Time, label, text } from './shapes.ts'

export const LOCALES = ['de', 'en'] as const

/** As the wire's `user_id`: what agents say, so no spaces around and nothing that cannot be seen. */
export const Handle = label(LIMITS.handle)

/** At least ten characters of anything (NIST SP 800-63B asks for eight and for no kinds of them). */
export const Password = text(200).min(10, 'at least 10 characters')

export const Pin = z.string().regex(/^[0-9]{4,6}$/, 'must be 4 to 6 digits')

/** What a keyboard-wedge reader types before its Enter. */
export const Badge = z.string().regex(/^[0-9A-Za-z]{4,64}$/, 'must be 4 to 64 letters or digits')

/** Minutes that are to be worked, Monday to Sunday. */
export const TargetMinutes = z.array(z.int().min(0).max(1440)).length(7)

export const Person = z.object({
  id: Id,
  handle: z.string(),
  name: z.string(),
  role: Role,
  locale: z.enum(LOCALES).nullable(),
  colour: z.int(),
  active: z.boolean(),
  hasPassword: z.boolean(),
  hasPin: z.boolean(),
  hasBadge: z.boolean(),
  pinLockedUntil: Time.nullable(),
  targetMinutes: TargetMinutes.nullable(),
  balanceFrom: DayText.nullable().describe('first day whose hours count towards the balance'),
  carriedMinutes: z.int().describe('balance before that day'),
})
export type Person = z.infer<typeof Person>

const about = {
  name: label(LIMITS.name),
  role: Role,
  locale: z.enum(LOCALES).nullable(),
  colour: Colour,
  targetMinutes: TargetMinutes.nullable(),
  balanceFrom: DayText.nullable(),
  carriedMinutes: z.int().min(-1_000_000).max(1_000_000),
}

export const peopleCalls = {
  'people.list': call({
    method: 'get',
    path: '/api/people',
    tag: 'People',
    summary: 'Everybody, also who is not active any more',
    access: 'admin',
    answer: z.object({ items: z.array(Person) }),
  }),
  'people.create': call({
    method: 'post',
    path: '/api/people',
    tag: 'People',
    summary: 'Add a person',
    access: 'admin',
    body: z.strictObject({ handle: Handle, ...z.object(about).partial().shape, name: about.name }),
    status: 201,
    answer: Person,
  }),
  'people.change': call({
    method: 'patch',
    path: '/api/people/:id',
    tag: 'People',
    summary: 'Change what is known of a person; what is left out stays as it is',
    about:
      'Who is not active is logged out and cannot log in; what was recorded stays. The last admin with a password stays one.',
    access: 'admin',
    params: z.object({ id: IdText }),
    body: z.strictObject({ ...about, active: z.boolean() }).partial(),
    answer: Person,
  }),
  'people.secrets': call({
    method: 'put',
    path: '/api/people/:id/secrets',
    tag: 'People',
    summary: "Set or (null) remove a person's password, PIN or badge",
    about:
      'They are stored hashed and never answered. A new password or PIN ends the log-ins that the old one opened and every lock.',
    access: 'admin',
    params: z.object({ id: IdText }),
    body: z
      .strictObject({ password: Password.nullable(), pin: Pin.nullable(), badge: Badge.nullable() })
      .partial(),
    answer: Person,
  }),
} as const
