import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { Refusal } from '../../contract/errors.ts'

/** Where a request says it comes from and goes to. */
export type Headers = IncomingHttpHeaders

/** `pi.local:8000` → `pi.local`, `[fe80::1]:8000` → `fe80::1`; null when it is none. */
export function hostName(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.%a-z]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header ?? '')
  return match ? (match[1] ?? match[2] ?? '').toLowerCase().replace(/\.$/, '') : null
}

/**
 * A page of another site that makes a browser believe its name means this machine (DNS rebinding) is told by the
 * name: addresses cannot be re-bound, names of ours are listed.
 */
export function isOurHost(header: string | undefined, names: ReadonlySet<string>): boolean {
  const name = hostName(header)
  return name !== null && (isIP(name) !== 0 || names.has(name))
}

/** Names under which the hub is found without anybody listing them. */
export function ownNames(hostname: string, listed: readonly string[]): Set<string> {
  const own = hostname.toLowerCase()
  return new Set(['localhost', own, `${own.split('.')[0]}.local`, ...listed])
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD'

/**
 * What another site makes a browser send: a form, a script, an image. Browsers say so by `Origin` on what changes
 * something and, where they trust the address, by `Sec-Fetch-Site`; following a link is everybody's right.
 * @throws Refusal 403
 */
export function checkOrigin(method: string, headers: Headers): void {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  const isLink = isSafe(method) && headers['sec-fetch-mode'] === 'navigate'
  if ((site === 'cross-site' || site === 'same-site') && !isLink) throw foreign()
  if (origin === undefined || isSafe(method)) return
  if (origin.replace(/^https?:\/\//, '').toLowerCase() !== host?.toLowerCase()) throw foreign()
}

const foreign = () => new Refusal('forbidden', 'A page of another site may not do this.')

/** Headers that only browsers send (`Sec-Fetch-Mode` is none: Node's own `fetch` sends it). */
export function isFromBrowser(headers: Headers): boolean {
  return (
    headers['sec-fetch-site'] !== undefined || headers.origin !== undefined || headers.cookie !== undefined
  )
}

/** A proxy in between: whoever is behind it, it is not the operator. */
export function isForwarded(headers: Headers): boolean {
  return (
    headers['x-forwarded-for'] !== undefined ||
    headers.forwarded !== undefined ||
    headers.via !== undefined ||
    headers['x-real-ip'] !== undefined
  )
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '::1'])

/** From this machine to this machine, by both its address and the name it was called by. */
export function isLoopback(address: string | undefined, host: string | undefined): boolean {
  const from = (address ?? '').replace(/^::ffff:/, '')
  return (from === '::1' || from.startsWith('127.')) && LOOPBACK_NAMES.has(hostName(host) ?? '')
}
