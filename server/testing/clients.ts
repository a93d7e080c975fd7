import { setTimeout as after } from 'node:timers/promises'
import { makeEvent } from './make.ts'

const RETRY_MS = 100

export type Clients = {
  /** Resolves when so many more events have been acknowledged. */
  acknowledgeMore: (count: number) => Promise<void>
  /** Lets every client bring its last event home, then ends them. */
  finish: () => Promise<{ acknowledged: string[]; repeats: number }>
}

/** As agents do: one event after another with a key, each sent again until the hub says that it has it. */
export function startClients(url: string, count: number): Clients {
  const acknowledged: string[] = []
  let repeats = 0
  let finishing = false
  let waiting: { until: number; resolve: () => void }[] = []

  async function send(title: string): Promise<void> {
    const body = JSON.stringify({ events: [makeEvent({ key: title, title })] })
    for (;;) {
      const answer = await fetch(`${url}/api/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).catch(() => null)
      const status = answer?.status
      await answer?.arrayBuffer().catch(() => null)
      if (status === 201) return
      if (status !== undefined && status !== 503) throw new Error(`POST /api/events: ${status}`)
      repeats++
      await after(RETRY_MS)
    }
  }

  async function run(client: number): Promise<void> {
    for (let n = 1; !finishing; n++) {
      const title = `event ${n} of client ${client}`
      await send(title)
      acknowledged.push(title)
      waiting.filter(({ until }) => acknowledged.length >= until).forEach(({ resolve }) => resolve())
      waiting = waiting.filter(({ until }) => acknowledged.length < until)
    }
  }

  const all = Promise.all(Array.from({ length: count }, (_, client) => run(client + 1)))
  all.catch(() => undefined) // told by `finish`
  return {
    acknowledgeMore: (more) =>
      Promise.race([
        new Promise<void>((resolve) => waiting.push({ until: acknowledged.length + more, resolve })),
        all.then(() => undefined),
      ]),
    async finish() {
      finishing = true
      await all
      return { acknowledged, repeats }
    },
  }
}
