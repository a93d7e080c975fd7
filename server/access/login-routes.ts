import { OPERATOR, type Viewer } from '../../contract/access.ts'
import { calls, type Answer } from '../../contract/calls.ts'
import { Refusal } from '../../contract/errors.ts'
import type { SecretsRow } from '../../db/people.ts'
import { answerQuery, mount, type Routes, type Services, type Request, type Response } from '../http/route.ts'
import { told } from '../http/timing.ts'
import { viewerOf } from '../http/viewer.ts'
import { hashSecret, hashToken, isSecret, plainCode } from '../secrets.ts'
import type { Calendar } from '../threads/define.ts'
import type { Opening, Try } from './commands.ts'
import { LOGIN_COOKIE } from './cookies.ts'
import { addressOf } from './locks.ts'
import { logInHere, openingFor, setCookie } from './opening.ts'
import { tryCounter, wrong } from './tries.ts'

type LoginServices = Services & {
  calendar: Calendar
  /** The set-up code of this start, or null: nobody reads it. */
  setupCode: string
}

/** Set-up, log-in by password and by code, what one may do with the own log-ins. */
export function loginRoutes(router: Routes, services: LoginServices): void {
  const { pool, calendar, setupCode } = services
  const count = tryCounter(pool, calendar.zone)
  const clientOf = (req: Request) => addressOf(req.socket.remoteAddress)

  /** What the page shows to who has just come in. */
  async function welcome(res: Response, viewer: Viewer, status = 200): Promise<void> {
    res.setHeader('Cache-Control', 'no-store')
    const user = await read<Answer<'me.get'>['user']>(pool, 'me.get', {}, viewer)
    const me: Answer<'me.get'> = {
      user,
      at: viewer.kind === 'user' ? viewer.at : viewer.kind === 'operator' ? 'operator' : null,
      needsSetup: told(res).standing.needsSetup && user === null,
      isKiosk: viewer.kind === 'kiosk' || (viewer.kind === 'user' && viewer.at === 'kiosk'),
    }
    res.status(status).json(me)
  }

  const newcomer = (user: number): Viewer => ({
    kind: 'user',
    id: user,
    handle: '',
    role: 'member',
    at: 'browser',
    login: 0,
    device: null,
  })

  mount(router, calls['me.get'], (_input, _req, res) => welcome(res, viewerOf(res)))

  mount(router, calls['setup.code'], (_input, _req, res) => {
    res.setHeader('Cache-Control', 'no-store')
    const viewer = viewerOf(res)
    const isOwnScreen = viewer.kind === 'operator' || (viewer.kind === 'kiosk' && viewer.device === null)
    res.json({ code: told(res).standing.needsSetup && isOwnScreen ? setupCode : null })
  })

  mount(router, calls['setup.finish'], async ({ code, password, locale, ...about }, req, res) => {
    if (!told(res).standing.needsSetup) throw new Refusal('conflict', 'This hub is set up already. Log in.')
    const tries: Try[] = [{ subject: `code ${clientOf(req)}`, kind: 'code' }]
    await count(...tries)
    if (plainCode(code) !== plainCode(setupCode)) throw wrong('The set-up code')
    const { opening, token } = openingFor(req, 'browser')
    const hash = await hashSecret(password)
    const { user } = await pool.command(
      'setup.finish',
      {
        ...about,
        password: hash,
        locale: locale ?? null,
        opening: { ...opening, forgives: tries.map(({ subject }) => subject) },
      },
      viewerOf(res),
    )
    logInHere(req, res, token, opening.lastsMs)
    await welcome(res, newcomer(user), 201)
  })

  mount(router, calls['login.password'], async ({ handle, password }, req, res) => {
    const address = clientOf(req)
    const own = { subject: `password ${handle} ${address}`, kind: 'password' } as const
    const everywhere = { subject: `password ${handle}`, kind: 'passwordAnywhere' } as const
    const client = { subject: `address ${address}`, kind: 'address' } as const
    await count(own, everywhere, client)
    const row = await read<SecretsRow | null>(pool, 'access.secretsOf', { handle }, OPERATOR)
    const isRight = await isSecret(password, row?.active === 1 ? row.password : null)
    if (!isRight || !row) throw wrong('The name or the password')
    const { opening, token } = openingFor(req, 'browser')
    const forgives = [own, everywhere, client].map(({ subject }) => subject)
    const login: Opening = { ...opening, user: row.id, via: 'password', forgives }
    await pool.command('logins.open', login, viewerOf(res))
    logInHere(req, res, token, opening.lastsMs)
    await welcome(res, newcomer(row.id))
  })

  mount(router, calls['login.qr'], async ({ code }, req, res) => {
    const client = { subject: `code ${clientOf(req)}`, kind: 'code' } as const
    await count(client)
    const { opening, token } = openingFor(req, 'browser')
    const { user } = await pool.command(
      'offers.logIn',
      { code: hashToken(code), opening: { ...opening, forgives: [client.subject] } },
      viewerOf(res),
    )
    if (user === null) throw wrong('The code')
    logInHere(req, res, token, opening.lastsMs)
    await welcome(res, newcomer(user))
  })

  mount(router, calls['me.change'], async ({ locale, currentPassword, password, pin }, _req, res) => {
    const viewer = viewerOf(res)
    if (viewer.kind !== 'user') throw new Refusal('invalid', 'The operator has no password and no PIN.')
    if (password !== undefined || pin !== undefined) {
      await count({ subject: `own ${viewer.id}`, kind: 'password' })
      const row = await read<SecretsRow | null>(pool, 'access.secretsOf', { id: viewer.id }, OPERATOR)
      // Who came in by QR code and has no password yet sets the first one without.
      const isRight = row?.password === null || (await isSecret(currentPassword ?? '', row?.password))
      if (!isRight) throw new Refusal('invalid', 'currentPassword: is wrong', { currentPassword: 'is wrong' })
      await pool.command('attempts.clear', { subject: `own ${viewer.id}` }, OPERATOR)
      await pool.command(
        'people.secrets',
        {
          id: viewer.id,
          ...(password === undefined ? {} : { password: await hashSecret(password) }),
          ...(pin === undefined ? {} : { pin: pin && (await hashSecret(pin)) }),
        },
        viewer,
      )
    }
    if (locale !== undefined) await pool.command('me.locale', { locale }, viewer)
    await welcome(res, viewer)
  })

  mount(router, calls['logins.list'], (input, req, res) =>
    answerQuery(services, 'logins.list', input, req, res),
  )
  mount(router, calls['logins.end'], async ({ id }, _req, res) => {
    await pool.command('logins.end', { id }, viewerOf(res))
    res.status(204).end()
  })
  mount(router, calls['login.end'], async (_input, req, res) => {
    const viewer = viewerOf(res)
    if (viewer.kind === 'user') await pool.command('logins.end', { id: viewer.login }, viewer)
    setCookie(req, res, LOGIN_COOKIE, '', 0)
    res.status(204).end()
  })
}

/** A query's answer as what it is. */
export async function read<T>(
  pool: Services['pool'],
  name: Parameters<Services['pool']['query']>[0],
  input: object,
  viewer: Viewer,
): Promise<T> {
  const { bytes } = await pool.query(name, input, viewer)
  return JSON.parse(new TextDecoder().decode(bytes)) as T
}
