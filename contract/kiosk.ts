import { z } from 'zod'
import { call } from './call.ts'
import { Badge, Pin } from './people.ts'
import { LIMITS } from './events.ts'
import { Me } from './logins.ts'
import { Presence, Punch, PunchIn } from './attendance.ts'
import { Id, Time, text } from './shapes.ts'

/** What the idle screen shows to everybody: names, and who is in where that is wanted. No titles, no hours. */
export const KioskIdle = z.object({
  people: z.array(
    z.object({
      handle: z.string(),
      name: z.string(),
      colour: z.int(),
      hasPin: z.boolean(),
      presence: Presence.nullable().describe('null where the hub is set not to show it'),
      since: Time.nullable(),
    }),
  ),
  devices: z.int().describe('agents heard of in the last day'),
  setupCode: z.string().nullable().describe('while the hub has no admin, at its own screen'),
  address: z.string().nullable().describe('where browsers of the LAN find the hub'),
})
export type KioskIdle = z.infer<typeof KioskIdle>

/** An unexplained block of the day; no title: somebody may stand behind. */
export const ReviewBlock = z.object({
  eventIds: z.array(Id),
  app: z.string().nullable(),
  source: z.string(),
  start: Time,
  end: Time,
  ms: z.int(),
  title: z.string().nullable().describe('only with `titles`'),
  offers: z.array(z.object({ projectId: Id, milestoneId: Id.nullable(), because: z.string().nullable() })),
})
export type ReviewBlock = z.infer<typeof ReviewBlock>

export const kioskCalls = {
  'kiosk.idle': call({
    method: 'get',
    path: '/api/kiosk',
    tag: 'Kiosk',
    summary: 'What the idle screen shows',
    access: 'kiosk',
    answer: KioskIdle,
  }),
  'kiosk.unlock': call({
    method: 'post',
    path: '/api/kiosk/unlock',
    tag: 'Kiosk',
    summary: 'Log in at a kiosk by name and PIN, or by badge',
    about:
      'A wrong PIN and a person that is not known look the same. Five wrong ones lock the PIN for five minutes, then for longer each time (429). `ticket` lets the page deliver punches of this person that it could not send at once.',
    access: 'kiosk',
    body: z
      .strictObject({ handle: text(LIMITS.handle), pin: Pin, badge: Badge })
      .partial()
      .refine(
        ({ handle, pin, badge }) =>
          badge === undefined
            ? handle !== undefined && pin !== undefined
            : handle === undefined && pin === undefined,
        'must hold handle and pin, or badge',
      ),
    answer: z.object({ me: Me, ticket: z.string() }),
  }),
  'kiosk.punch': call({
    method: 'post',
    path: '/api/kiosk/punches',
    tag: 'Kiosk',
    summary: 'Deliver a punch, at once or later from the journal of the page',
    about: 'Sent again with its key, it answers with what is stored.',
    access: 'kiosk',
    body: z.strictObject({ ...PunchIn.shape, ticket: text(100) }),
    status: 201,
    answer: Punch,
  }),
  'kiosk.qr': call({
    method: 'post',
    path: '/api/kiosk/qr',
    tag: 'Kiosk',
    summary: 'A code for one log-in of this person in a browser, within two minutes',
    access: 'person',
    status: 201,
    answer: z.object({ code: z.string(), address: z.string().nullable(), expires: Time }),
  }),
  'kiosk.review': call({
    method: 'get',
    path: '/api/kiosk/review',
    tag: 'Kiosk',
    summary: 'The largest blocks of today that nobody explained, each with suggestions',
    access: 'person',
    query: z.strictObject({ titles: z.enum(['true', 'false']).default('false') }),
    answer: z.object({
      presentMs: z.int(),
      capturedMs: z.int(),
      explainedMs: z.int(),
      blocks: z.array(ReviewBlock).max(5),
    }),
  }),
} as const
