/** Who is logged in in this browser, and that it is a kiosk. */
export const LOGIN_COOKIE = 'timetrack'
export const KIOSK_COOKIE = 'timetrack_kiosk'

/** The value of a cookie; the first where a hostile neighbour sent two. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined && /^[A-Za-z0-9_-]{1,100}$/.test(value)) return value
  }
  return undefined
}

/** A cookie that scripts do not see and other sites do not send; `seconds` 0 ends it. */
export function cookie(name: string, value: string, seconds: number, isSecure: boolean): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`
}
