import { OPERATOR, type Viewer } from '../../contract/access.ts'
import { calls } from '../../contract/calls.ts'
import { Refusal } from '../../contract/errors.ts'
import { formatInstant } from '../../contract/time.ts'
import { pinSubject, type SecretsRow } from '../../db/people.ts'
import { answerQuery, mount, type Routes, type Services } from '../http/route.ts'
import { told } from '../http/timing.ts'
import { viewerOf } from '../http/viewer.ts'
import { hashBadge, hashToken, isSecret, newToken } from '../secrets.ts'
import type { Calendar } from '../threads/define.ts'
import type { Try } from './commands.ts'
import type { Gate } from './gate.ts'
import { read } from './login-routes.ts'
import { logInHere, openingFor } from './opening.ts'
import { tryCounter, wrong } from './tries.ts'

const QR_MS = 2 * 60_000

type KioskServices = Services & {
  calendar: Calendar
  gate: Gate
  /** Where browsers of the LAN find the hub; null while it listens on this machine only. */
  address: () => string | null
  setupCode: string
}

const kioskOf = (viewer: Viewer): number | null =>
  viewer.kind === 'kiosk' || viewer.kind === 'user' ? viewer.device : null

/** Log-in by PIN and badge, which only a kiosk can, and what follows from it. */
export function kioskRoutes(router: Routes, services: KioskServices): void {
  const { pool, calendar, gate, address, setupCode } = services
  const count = tryCounter(pool, calendar.zone)

  async function byPin(handle: string, pin: string): Promise<{ row: SecretsRow; tried: Try }> {
    const tried = { subject: pinSubject(handle), kind: 'pin' } as const
    await count(tried)
    const row = await read<SecretsRow | null>(pool, 'access.secretsOf', { handle }, OPERATOR)
    const isRight = await isSecret(pin, row?.active === 1 ? row.pin : null)
    if (!isRight || !row) throw wrong('The PIN')
    return { row, tried }
  }

  async function byBadge(badge: string, kiosk: number | null): Promise<{ row: SecretsRow; tried: Try }> {
    const tried = { subject: `badge ${kiosk ?? 'here'}`, kind: 'badge' } as const
    await count(tried)
    const hash = await hashBadge(badge, (await gate.current()).badgeSalt)
    const row = await read<SecretsRow | null>(pool, 'access.secretsOf', { badge: hash }, OPERATOR)
    if (row?.active !== 1) throw wrong('The badge')
    return { row, tried }
  }

  mount(router, calls['kiosk.idle'], async (_input, _req, res) => {
    const viewer = viewerOf(res)
    const isOwnScreen = kioskOf(viewer) === null
    const idle = await read<object>(pool, 'kiosk.idle', {}, viewer)
    res.setHeader('Cache-Control', 'no-store')
    res.json({
      ...idle,
      setupCode: told(res).standing.needsSetup && isOwnScreen ? setupCode : null,
      address: address(),
    })
  })

  mount(router, calls['kiosk.unlock'], async ({ handle = '', pin = '', badge }, req, res) => {
    if (told(res).standing.needsSetup) throw new Refusal('needs_setup', 'This hub is not set up yet.')
    const device = kioskOf(viewerOf(res))
    const { row, tried } = badge === undefined ? await byPin(handle, pin) : await byBadge(badge, device)
    const { opening, token, ticket } = openingFor(req, 'kiosk')
    const via = badge === undefined ? ('pin' as const) : ('badge' as const)
    const { login } = await pool.command(
      'logins.open',
      { ...opening, device, user: row.id, via, forgives: [tried.subject] },
      viewerOf(res),
    )
    logInHere(req, res, token, opening.lastsMs)
    const viewer: Viewer = {
      kind: 'user',
      id: row.id,
      handle: row.handle,
      role: row.role,
      at: 'kiosk',
      login,
      device,
    }
    const user = await read<never>(pool, 'me.get', {}, viewer)
    res.setHeader('Cache-Control', 'no-store')
    res.json({ me: { user, at: 'kiosk', needsSetup: false, isKiosk: true }, ticket })
  })

  mount(router, calls['kiosk.review'], (input, req, res) =>
    answerQuery(services, 'kiosk.review', input, req, res, 'never'),
  )

  mount(router, calls['kiosk.punch'], async ({ ticket, ...press }, _req, res) => {
    const who = await read<{ user_id: number; device_id: number | null } | null>(
      pool,
      'access.ofTicket',
      { ticket: hashToken(ticket) },
      OPERATOR,
    )
    if (who === null) throw wrong('The ticket')
    const delivered = { ...press, userId: who.user_id, deviceId: who.device_id }
    res.status(201).json(await pool.command('punches.deliver', delivered, viewerOf(res)))
  })

  mount(router, calls['kiosk.qr'], async (_input, _req, res) => {
    const viewer = viewerOf(res)
    if (viewer.kind !== 'user') throw new Refusal('invalid', 'The operator needs no log-in.')
    const code = newToken()
    const { expires } = await pool.command(
      'offers.put',
      { code: hashToken(code), kind: 'login', name: '', user_id: viewer.id, lastsMs: QR_MS },
      viewer,
    )
    res.setHeader('Cache-Control', 'no-store')
    res.status(201).json({ code, address: address(), expires: formatInstant(expires, calendar.zone) })
  })
}
