/** The splash page's own address, served by app-protocol.ts. */
export const SPLASH_SCHEME = 'app'
export const SPLASH_ORIGIN = 'app://timetrack'
export const SPLASH_URL = `${SPLASH_ORIGIN}/index.html`

/** The hub's, once it listens. By address: a name such as `localhost` would open the window to every local listener. */
export function hubOrigin(port: number): string {
  return `http://127.0.0.1:${port}`
}

export function hubPage(port: number, windowed: boolean): string {
  return `${hubOrigin(port)}${windowed ? '/app/day' : '/kiosk'}`
}

/**
 * Scheme, host and port of a URL, or null when it has no such origin or carries a name and password.
 * `URL.origin` is "null" for schemes that the URL standard does not know, such as ours.
 */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, username, password } = new URL(url)
  if (username !== '' || password !== '' || host === '') return null
  return `${protocol}//${host}`
}

/** The only places where our window may be: compared as a whole, never by a part of the text. */
export function isOurs(url: string, hubPort: number | null): boolean {
  const origin = originOf(url)
  return origin === SPLASH_ORIGIN || (hubPort !== null && origin === hubOrigin(hubPort))
}
