import type { Request, Response } from '../http/route.ts'
import { hashToken, newToken } from '../secrets.ts'
import type { OpeningOf } from './commands.ts'
import { cookie, LOGIN_COOKIE } from './cookies.ts'

const BROWSER_MS = 30 * 86_400_000
/** The page logs out after 30 s; this is for the page that was pulled away. */
const KIOSK_MS = 15 * 60_000

const isSecure = (req: Request) => 'encrypted' in req.socket

/** A log-in that begins with this request: a new token, whatever the browser had before (session fixation). */
export function openingFor(
  req: Request,
  at: 'browser' | 'kiosk',
): { opening: OpeningOf; token: string; ticket: string } {
  const token = newToken()
  const ticket = newToken()
  return {
    token,
    ticket,
    opening: {
      device: null,
      token: hashToken(token),
      ticket: at === 'kiosk' ? hashToken(ticket) : null,
      agent: req.get('user-agent')?.slice(0, 200) ?? null,
      address: req.socket.remoteAddress ?? null,
      lastsMs: at === 'kiosk' ? KIOSK_MS : BROWSER_MS,
      forgives: [],
    },
  }
}

export function setCookie(req: Request, res: Response, name: string, value: string, ms: number): void {
  res.append('Set-Cookie', cookie(name, value, Math.round(ms / 1000), isSecure(req)))
}

export function logInHere(req: Request, res: Response, token: string, lastsMs: number): void {
  setCookie(req, res, LOGIN_COOKIE, token, lastsMs)
}
