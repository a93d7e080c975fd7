import { z } from 'zod'
import { Role } from './access.ts'
import { call } from './call.ts'
import { Handle, LOCALES, Password, Pin } from './people.ts'
import { LIMITS } from './events.ts'
import { Id, IdText, Time, label, text } from './shapes.ts'

/** Who is logged in here. */
export const Me = z.object({
  user: z
    .object({
      id: Id,
      handle: z.string(),
      name: z.string(),
      role: Role,
      locale: z.enum(LOCALES).nullable(),
      colour: z.int(),
      hasPin: z.boolean(),
    })
    .nullable()
    .describe('null: nobody, or the operator'),
  at: z.enum(['browser', 'kiosk', 'operator']).nullable(),
  needsSetup: z.boolean().describe('there is no admin yet: only the set-up page is served'),
  isKiosk: z.boolean().describe('this browser is a paired kiosk, or the screen of the hub itself'),
})
export type Me = z.infer<typeof Me>

export const Login = z.object({
  id: Id,
  at: z.enum(['browser', 'kiosk']),
  via: z.enum(['setup', 'password', 'qr', 'pin', 'badge']),
  since: Time,
  lastSeen: Time.nullable(),
  expires: Time,
  agent: z.string().nullable().describe('what the browser says it is'),
  address: z.string().nullable(),
  isThis: z.boolean(),
})
export type Login = z.infer<typeof Login>

export const loginCalls = {
  'me.get': call({
    method: 'get',
    path: '/api/me',
    tag: 'Log-in',
    summary: 'Who is logged in here, and whether the hub needs to be set up',
    access: 'anyone',
    answer: Me,
  }),
  'me.change': call({
    method: 'patch',
    path: '/api/me',
    tag: 'Log-in',
    summary: 'Change the own password, PIN or language',
    about: 'A new password or PIN needs the present password, and ends every other log-in.',
    access: 'member',
    body: z
      .strictObject({
        locale: z.enum(LOCALES),
        currentPassword: text(200),
        password: Password,
        pin: Pin.nullable(),
      })
      .partial(),
    answer: Me,
  }),
  'setup.code': call({
    method: 'get',
    path: '/api/setup',
    tag: 'Log-in',
    summary: 'The set-up code, for the screen of the hub itself',
    access: 'kiosk',
    answer: z.object({ code: z.string().nullable().describe('null once the hub is set up') }),
  }),
  'setup.finish': call({
    method: 'post',
    path: '/api/setup',
    tag: 'Log-in',
    summary: 'Make the first admin, and log in as that',
    about: 'Needs the code that the kiosk and the console show.',
    access: 'anyone',
    body: z.strictObject({
      code: label(20),
      handle: Handle,
      name: label(LIMITS.name),
      password: Password,
      locale: z.enum(LOCALES).optional(),
    }),
    status: 201,
    answer: Me,
  }),
  'login.password': call({
    method: 'post',
    path: '/api/login',
    tag: 'Log-in',
    summary: 'Log in by name and password; the answer sets a cookie',
    about: 'Whoever is not known, not active or has no password is refused as a wrong password is.',
    access: 'anyone',
    body: z.strictObject({ handle: text(LIMITS.handle), password: text(200) }),
    answer: Me,
  }),
  'login.qr': call({
    method: 'post',
    path: '/api/login/qr',
    tag: 'Log-in',
    summary: 'Log in by the code that a kiosk shows to who is logged in there',
    access: 'anyone',
    body: z.strictObject({ code: label(64) }),
    answer: Me,
  }),
  'logins.list': call({
    method: 'get',
    path: '/api/logins',
    tag: 'Log-in',
    summary: 'Where I am logged in',
    access: 'member',
    answer: z.object({ items: z.array(Login) }),
  }),
  'logins.end': call({
    method: 'delete',
    path: '/api/logins/:id',
    tag: 'Log-in',
    summary: 'End one of my log-ins',
    access: 'member',
    params: z.object({ id: IdText }),
    status: 204,
  }),
  'login.end': call({
    method: 'post',
    path: '/api/logout',
    tag: 'Log-in',
    summary: 'Log out',
    access: 'person',
    status: 204,
  }),
} as const
