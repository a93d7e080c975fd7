import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { CustomScheme, Protocol } from 'electron'
import { SPLASH_ORIGIN, SPLASH_SCHEME, originOf } from './origins.ts'

/** A page of its own, which is there while the hub is not, at an origin of its own instead of `file:`. */
export const splashScheme: CustomScheme = {
  scheme: SPLASH_SCHEME,
  privileges: { standard: true, secure: true },
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

/** The file that a URL of ours stands for; null when it is another host's, outside of `root` or of no known kind. */
export function fileFor(root: string, url: string): { path: string; type: string } | null {
  if (originOf(url) !== SPLASH_ORIGIN) return null
  let name: string
  try {
    name = decodeURIComponent(new URL(url).pathname)
  } catch {
    return null
  }
  if (name.includes('\0') || name.includes('\\')) return null
  const path = join(root, name)
  const type = TYPES[extname(path)]
  if (!path.startsWith(root + sep) || type === undefined) return null
  return { path, type }
}

export async function answerSplash(
  root: string,
  request: { url: string; method: string },
): Promise<Response> {
  const file = request.method === 'GET' ? fileFor(root, request.url) : null
  if (file === null) return new Response(null, { status: 404, headers: HEADERS })
  try {
    const bytes = new Uint8Array(await readFile(file.path))
    return new Response(bytes, { headers: { ...HEADERS, 'Content-Type': file.type } })
  } catch {
    return new Response(null, { status: 404, headers: HEADERS })
  }
}

export function serveSplash(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(SPLASH_SCHEME, (request) => answerSplash(root, request))
}
