import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { RequestHandler, Response } from 'express'
import { told } from './timing.ts'

type Variant = { bytes: Buffer; encoding: 'br' | 'gzip' | null }
type BuiltFile = { type: string; tag: string; immutable: boolean; variants: Variant[] }

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/**
 * The built renderer, kept in memory (it is a few hundred KB) with the brotli and gzip files that the
 * build put beside it. Hashed files never change and are cached for a year; HTML is always asked for.
 */
export function loadFiles(root: string): Map<string, BuiltFile> {
  const files = new Map<string, BuiltFile>()
  if (!existsSync(root)) return files
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const type = TYPES[extname(entry.name)]
    const name = `/${relative(root, path).split(sep).join('/')}`
    if (!entry.isFile() || !type || name.startsWith('/.vite/')) continue
    const bytes = readFileSync(path)
    const variants: Variant[] = []
    for (const [suffix, encoding] of [
      ['.br', 'br'],
      ['.gz', 'gzip'],
    ] as const) {
      if (existsSync(path + suffix)) variants.push({ bytes: readFileSync(path + suffix), encoding })
    }
    variants.push({ bytes, encoding: null })
    const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 16)
    files.set(name, { type, tag, immutable: name.startsWith('/assets/'), variants })
  }
  return files
}

/** Sends built files, and the page itself for `/app/…` and `/kiosk`. */
export function serveFiles(files: Map<string, BuiltFile>): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next()
    if (req.path === '/') return res.redirect(302, '/app/day')
    const isPage = req.path === '/kiosk' || req.path === '/app' || req.path.startsWith('/app/')
    const name = isPage ? '/index.html' : req.path
    const file = name === '/index.html' && !isPage ? undefined : files.get(name)
    if (file) return sendFile(file, req, res)
    if (isPage) {
      res.status(503).type('text/plain').send('The pages are not built. Run: npm run build\n')
      return
    }
    next()
  }
}

function sendFile(file: BuiltFile, req: Parameters<RequestHandler>[0], res: Response): void {
  const accepted = String(req.headers['accept-encoding'] ?? '')
  const variant = file.variants.find(({ encoding }) => encoding === null || accepts(accepted, encoding))
  if (!variant) throw new Error('a file has no plain variant')
  told(res).route = file.immutable ? '/assets/:file' : 'page'
  const tag = `"${file.tag}${variant.encoding ? `-${variant.encoding}` : ''}"`
  res.setHeader('ETag', tag)
  res.setHeader('Vary', 'Accept-Encoding')
  res.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (req.headers['if-none-match'] === tag) {
    res.status(304).end()
    return
  }
  res.setHeader('Content-Type', file.type)
  if (variant.encoding) res.setHeader('Content-Encoding', variant.encoding)
  res.setHeader('Content-Length', variant.bytes.length)
  res.end(req.method === 'HEAD' ? undefined : variant.bytes)
}

function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name, ...parameters] = part.trim().split(/\s*;\s*/)
    return name === encoding && !parameters.some((one) => /^q=0(\.0*)?$/.test(one))
  })
}
