import { calls } from '../../contract/calls.ts'
import { formatInstant } from '../../contract/time.ts'
import { mount, type Routes, type Services, type Request } from '../http/route.ts'
import { viewerOf } from '../http/viewer.ts'
import { hashBadge, hashSecret, hashToken, newCode, newToken, plainCode } from '../secrets.ts'
import type { Calendar } from '../threads/define.ts'
import { KIOSK_COOKIE } from './cookies.ts'
import type { Gate } from './gate.ts'
import { addressOf } from './locks.ts'
import { setCookie } from './opening.ts'
import { tryCounter, wrong } from './tries.ts'

const PAIRING_MS = 10 * 60_000
/** As long as browsers keep a cookie at all; a kiosk is not paired anew every year. */
const KIOSK_COOKIE_MS = 400 * 86_400_000

type AdminServices = Services & { calendar: Calendar; gate: Gate }

/** Secrets of others and tokens of devices: what has to be hashed before the writer sees it. */
export function adminRoutes(router: Routes, { pool, calendar, gate }: AdminServices): void {
  const count = tryCounter(pool, calendar.zone)

  mount(router, calls['people.secrets'], async ({ id, password, pin, badge }, _req, res) => {
    const { badgeSalt } = await gate.current()
    const hashed = {
      id,
      ...(password === undefined ? {} : { password: password && (await hashSecret(password)) }),
      ...(pin === undefined ? {} : { pin: pin && (await hashSecret(pin)) }),
      ...(badge === undefined ? {} : { badge: badge === null ? null : await hashBadge(badge, badgeSalt) }),
    }
    res.json(await pool.command('people.secrets', hashed, viewerOf(res)))
  })

  mount(router, calls['devices.create'], async ({ kind, name, owner }, _req, res) => {
    const token = newToken()
    const input = { kind, name, owner, token: hashToken(token) }
    const { device } = await pool.command('devices.create', input, viewerOf(res))
    res.status(201).json({ device, token })
  })

  mount(router, calls['pairings.create'], async ({ kind, name, owner }, _req, res) => {
    const code = newCode()
    const { expires } = await pool.command(
      'pairings.create',
      { kind, name, owner, code: hashToken(plainCode(code)), lastsMs: PAIRING_MS },
      viewerOf(res),
    )
    res.status(201).json({ code, expires: formatInstant(expires, calendar.zone) })
  })

  mount(router, calls['pairings.use'], async ({ code }, req: Request, res) => {
    const subject = `code ${addressOf(req.socket.remoteAddress)}`
    await count({ subject, kind: 'code' })
    const token = newToken()
    const { device } = await pool.command(
      'pairings.use',
      { code: hashToken(plainCode(code)), token: hashToken(token) },
      viewerOf(res),
    )
    if (device === null) throw wrong('The pairing code')
    await pool.command('attempts.clear', { subject }, viewerOf(res))
    if (device.kind === 'kiosk') setCookie(req, res, KIOSK_COOKIE, token, KIOSK_COOKIE_MS)
    res.status(201).json({ device, token: device.kind === 'kiosk' ? null : token })
  })
}
