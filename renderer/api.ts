import type { Answer, Calls, Request } from '../contract/calls.ts'
import type { ErrorBody, FieldMessages, RefusalCode } from '../contract/errors.ts'

/**
 * The only way to the hub. The contract's schemas stay on the server; here are just the paths that
 * the pages need, and a path or method that the contract does not know is a type error.
 */
const routes = {
  'hub.get': 'get /api/hub',
  'hub.live': 'get /api/live',
  'hub.health': 'get /health',
  'me.get': 'get /api/me',
  'people.list': 'get /api/people',
  'people.create': 'post /api/people',
  'people.change': 'patch /api/people/:id',
  'people.secrets': 'put /api/people/:id/secrets',
  'devices.list': 'get /api/devices',
  'devices.create': 'post /api/devices',
  'devices.remove': 'delete /api/devices/:id',
  'pairings.create': 'post /api/pairings',
  'me.change': 'patch /api/me',
  'login.password': 'post /api/login',
  'login.qr': 'post /api/login/qr',
  'login.end': 'post /api/logout',
  'logins.list': 'get /api/logins',
  'logins.end': 'delete /api/logins/:id',
  'setup.finish': 'post /api/setup',
  'kiosk.idle': 'get /api/kiosk',
  'kiosk.unlock': 'post /api/kiosk/unlock',
  'kiosk.punch': 'post /api/kiosk/punches',
  'kiosk.review': 'get /api/kiosk/review',
  'work.switch': 'put /api/work',
  'pairings.use': 'post /api/pairings/use',
  'system.get': 'get /api/system',
  'users.list': 'get /api/users',
  'days.get': 'get /api/days/:day',
  'days.summary': 'get /api/days/:day/summary',
  'weeks.get': 'get /api/weeks/:day',
  'events.list': 'get /api/events',
  'events.change': 'patch /api/events',
  'entries.create': 'post /api/entries',
  'sessions.split': 'post /api/sessions/split',
  'sessions.merge': 'post /api/sessions/merge',
  'suggestions.ofDay': 'get /api/days/:day/suggestions',
  'sessions.preview': 'get /api/days/:day/sessions',
  'sessions.progress': 'get /api/sessions/progress',
  'rules.list': 'get /api/rules',
  'rules.create': 'post /api/rules',
  'rules.change': 'patch /api/rules/:id',
  'rules.remove': 'delete /api/rules/:id',
  'rules.reorder': 'put /api/rules/order',
  'rules.preview': 'post /api/rules/preview',
  'rules.apply': 'post /api/rules/apply',
  'rules.propose': 'post /api/rules/propose',
  'rules.check': 'get /api/rules/check',
  'rules.export': 'get /api/rules/export',
  'rules.import': 'post /api/rules/import',
  'assignments.why': 'get /api/events/:id/why',
  'assignments.set': 'put /api/assignments',
  'batches.list': 'get /api/batches',
  'batches.undo': 'post /api/batches/:id/undo',
  'projects.list': 'get /api/projects',
  'projects.create': 'post /api/projects',
  'projects.change': 'patch /api/projects/:id',
  'projects.remove': 'delete /api/projects/:id',
  'milestones.create': 'post /api/projects/:id/milestones',
  'milestones.change': 'patch /api/milestones/:id',
  'milestones.remove': 'delete /api/milestones/:id',
  'import.preview': 'post /api/import/projects/preview',
  'import.apply': 'post /api/import/projects',
  'export.preview': 'get /api/export/preview',
  'export.csv': 'get /api/export/csv',
  'settings.get': 'get /api/settings',
  'settings.change': 'patch /api/settings',
  'attendance.now': 'get /api/attendance',
  'attendance.days': 'get /api/attendance/days',
  'attendance.who': 'get /api/attendance/who',
  'punches.create': 'post /api/punches',
  'punches.undo': 'post /api/punches/:id/undo',
  'corrections.list': 'get /api/corrections',
  'corrections.create': 'post /api/corrections',
  'corrections.decide': 'post /api/corrections/:id/decision',
  'corrections.withdraw': 'post /api/corrections/:id/withdrawal',
} as const satisfies { [K in keyof Calls]?: `${Calls[K]['method']} ${Calls[K]['path']}` }

export type Route = keyof typeof routes
type Upload = 'import.preview' | 'import.apply'
/** Answered line by line, see ask-lines.ts. */
export type LineRoute = 'rules.preview' | 'rules.apply'
type Arguments<R extends Route> = object extends Request<R> ? [request?: Request<R>] : [request: Request<R>]

/** Long enough for a Pi that is busy with a backup, short enough to say that nobody answers. */
const PATIENCE = 20_000

export class ApiError extends Error {
  readonly code: RefusalCode | 'offline'
  readonly status: number
  readonly fields: FieldMessages

  constructor(code: RefusalCode | 'offline', message: string, status = 0, fields: FieldMessages = {}) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.fields = fields
  }
}

export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('internal', String(error))

function take(
  route: Route,
  request: object,
): { method: string; path: string; rest: Record<string, unknown> } {
  const [method = '', template = ''] = routes[route].split(' ')
  const rest: Record<string, unknown> = { ...request }
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  return { method, path, rest }
}

function withQuery(path: string, values: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'string' && value !== '') query.set(name, value)
  return query.size === 0 ? path : `${path}?${query.toString()}`
}

/** The address of a GET, for links and EventSource. */
export function addressOf<R extends Route>(route: R, ...[request]: Arguments<R>): string {
  const { path, rest } = take(route, request ?? {})
  return withQuery(path, rest)
}

let lockedOut: (code: RefusalCode) => void = noteLocked
/** What was refused before anybody listened: pages ask ahead. */
let isLocked: RefusalCode | null = null

function noteLocked(code: RefusalCode): void {
  isLocked = code
}

/** Calls back when the hub does not know who asks: nobody is logged in any more, or it was never set up. */
export function onLockedOut(react: (code: RefusalCode) => void): () => void {
  lockedOut = react
  if (isLocked !== null) react(isLocked)
  isLocked = null
  return () => void (lockedOut = noteLocked)
}

async function fetched(path: string, init: RequestInit): Promise<unknown> {
  let response: Response
  let text: string
  try {
    response = await fetch(path, { ...init, signal: AbortSignal.timeout(PATIENCE) })
    text = await response.text()
  } catch (error) {
    throw new ApiError('offline', error instanceof Error ? error.message : String(error))
  }
  const body = read(text)
  // /health answers 503 with a body worth showing
  if (response.ok || (body !== undefined && isHealth(body))) return body
  const refusal = refusalOf(response, body)
  if (refusal.code === 'unauthorized' || refusal.code === 'needs_setup') lockedOut(refusal.code)
  throw refusal
}

/** What an answer that is none says. */
export function refusalOf(response: Response, body: unknown): ApiError {
  const refusal = isErrorBody(body) ? body.error : undefined
  return new ApiError(
    refusal?.code ?? 'internal',
    refusal?.message ?? `${response.status} ${response.statusText}`,
    response.status,
    refusal?.fields,
  )
}

/** Text as JSON; undefined when it is none. */
export function read(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object'

const isHealth = (body: unknown) => typeof body === 'object' && body !== null && 'uptimeSeconds' in body

/** What `fetch` takes to ask for something: in the address, or as JSON. */
export function requestOf(route: Route, request: object): { address: string; init: RequestInit } {
  const { method, path, rest } = take(route, request)
  const init: RequestInit = { method: method.toUpperCase(), headers: { accept: 'application/json' } }
  const inUrl = method === 'get' || method === 'delete'
  if (!inUrl && Object.keys(rest).length > 0) {
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
    init.body = JSON.stringify(rest)
  }
  return { address: inUrl ? withQuery(path, rest) : path, init }
}

type Askable = Exclude<Route, Upload | LineRoute | 'hub.live' | 'export.csv'>

/** Answers under way to questions that nobody has put yet, by address. */
const ahead = new Map<string, Promise<unknown>>()
/** Older ones may have been overtaken. */
const FRESH = 5_000

/** Asks for what will be asked for soon: whoever asks first gets this answer, and later ones a new one. */
export function askAhead<R extends Askable>(route: R, ...[request]: Arguments<R>): void {
  const { address, init } = requestOf(route, request ?? {})
  const asking = fetched(address, init)
  // Whoever asks hears of it.
  asking.catch(() => undefined)
  ahead.set(address, asking)
  setTimeout(() => ahead.delete(address), FRESH)
}

export async function ask<R extends Askable>(route: R, ...[request]: Arguments<R>): Promise<Answer<R>> {
  const { address, init } = requestOf(route, request ?? {})
  const early = init.method === 'GET' ? ahead.get(address) : undefined
  if (early) ahead.delete(address)
  return (await (early ?? fetched(address, init))) as Answer<R>
}

export async function upload<R extends Upload>(route: R, file: File): Promise<Answer<R>> {
  const { method, path } = take(route, {})
  const body = new FormData()
  body.set('file', file)
  return (await fetched(path, { method: method.toUpperCase(), body })) as Answer<R>
}
