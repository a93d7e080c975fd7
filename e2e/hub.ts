import { spawn, type ChildProcess } from 'node:child_process'
import type { BrowserContext } from '@playwright/test'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Person } from '../contract/people.ts'
import type { HubClock } from './hub-clock.ts'

const main = path.resolve(import.meta.dirname, '../server/main.ts')

export type Hub = {
  readonly url: string
  /** Ends it, politely or as a power cut does. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same data and port. */
  start(): Promise<void>
  /** Ends it for good, with its data. */
  remove(): Promise<void>
}

/**
 * A real hub in its own process, on a free port, with a new data folder of its own, which `fill` may put something into;
 * on its own clock if it is given one.
 */
export async function startHub(
  clock?: Pick<HubClock, 'execArgv' | 'env'>,
  fill?: (folder: string) => unknown,
): Promise<Hub> {
  const data = await mkdtemp(path.join(tmpdir(), 'timetrack-e2e-'))
  await fill?.(data)
  let child: ChildProcess | undefined
  let port = 0

  const hub = {
    url: '',
    async start() {
      const args = ['--port', String(port), '--host', '127.0.0.1', '--data', data, '--zone', 'Europe/Berlin']
      // The channel ends the hub with the tests, however they end.
      child = spawn(process.execPath, [...(clock?.execArgv ?? []), main, ...args], {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
        env: { ...process.env, ...clock?.env },
      })
      port = await ready(child)
      hub.url = `http://127.0.0.1:${port}`
    },
    async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') {
      const ending = child
      child = undefined
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
      const gone = once(ending, 'exit')
      ending.kill(signal)
      await gone
    },
    async remove() {
      await hub.stop('SIGKILL')
      await rm(data, { recursive: true, force: true })
    },
  }
  await hub.start()
  return hub
}

function ready(child: ChildProcess): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let said = ''
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()))
  child.on('message', (message: { kind: string; port: number }) => {
    if (message.kind === 'ready') resolve(message.port)
  })
  child.once('exit', (code) => reject(new Error(`the hub ended with ${code} before it was ready: ${said}`)))
  return promise
}

const PASSWORD = 'ein langes Passwort'

/** Lets a browser in as this person, who is made an admin if there is none of that name yet. */
export async function logIn(context: BrowserContext, url: string, handle: string): Promise<void> {
  const { id, hasPassword } = await personOf(url, handle)
  // A new password would log out whoever came in by the old one.
  if (!hasPassword) {
    await asOperator(url, 'PATCH', `/api/people/${id}`, { role: 'admin' })
    await asOperator(url, 'PUT', `/api/people/${id}/secrets`, { password: PASSWORD })
  }
  const answer = await context.request.post(`${url}/api/login`, { data: { handle, password: PASSWORD } })
  if (!answer.ok()) throw new Error(`log-in of ${handle}: ${answer.status()} ${await answer.text()}`)
}

async function personOf(url: string, handle: string): Promise<Person> {
  const { items } = (await asOperator(url, 'GET', '/api/people')) as { items: Person[] }
  const known = items.find((one) => one.handle === handle)
  return known ?? ((await asOperator(url, 'POST', '/api/people', { handle, name: handle })) as Person)
}

/** As the operator, who is who asks from the machine itself without a browser. */
export async function asOperator(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
