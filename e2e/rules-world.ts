import { expect, type APIRequestContext } from '@playwright/test'

/** A Monday at noon: what is recorded is of its morning and of the days before. */
export const NOW = Date.parse('2026-03-16T12:00:00+01:00')
export const MONDAY = '2026-03-16'
export const FRIDAY = '2026-03-13'

export type Recorded = { day?: string; at: string; to: string; title: string; app?: string }

let made = 0

/** An office with two projects, asked and told over the API. */
export function officeAt(request: APIRequestContext, url: string) {
  async function send(call: 'post' | 'put', path: string, data: object): Promise<unknown> {
    const answer = await request[call](url + path, { data })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
    return answer.json()
  }

  const office = {
    /** Projects 1 and 2, each with the milestone of its number. */
    async found(): Promise<void> {
      for (const [name, milestone, plannedHours] of [
        ['Werkhalle Nord', 'Ausführungsplanung', 2],
        ['Kita Sonnenhof', 'Kosten', 40],
      ] as const) {
        const { id } = (await send('post', '/api/projects', { name })) as { id: number }
        await send('post', `/api/projects/${id}/milestones`, { name: milestone, plannedHours })
      }
    },
    async record(...events: Recorded[]): Promise<number[]> {
      const answer = await send('post', '/api/events', {
        events: events.map(({ day = MONDAY, at, to, title, app = 'acad.exe' }) => ({
          key: `rules-${++made}`,
          source: 'window',
          user: 'anna',
          start: `${day}T${at}:00+01:00`,
          end: `${day}T${to}:00+01:00`,
          title,
          app,
        })),
      })
      return (answer as { items: { id: number }[] }).items.map(({ id }) => id)
    },
    assign: (id: number, to: number) =>
      send('put', '/api/assignments', { eventIds: [id], target: { projectId: to, milestoneId: to } }),
    /** To the first project, before all rules that are there. */
    async rule(name: string, conditions: object): Promise<number> {
      const target = { projectId: 1, milestoneId: 1 }
      return ((await send('post', '/api/rules', { name, conditions, target })) as { id: number }).id
    },
    async rules(): Promise<{ name: string; version: number }[]> {
      const answer = await request.get(`${url}/api/rules`)
      return ((await answer.json()) as { items: { name: string; version: number }[] }).items
    },
    async comments(day: string): Promise<(string | null | undefined)[]> {
      const answer = await request.get(`${url}/api/days/${day}?user=anna`)
      const { events } = (await answer.json()) as {
        events: { assignment: { comment: string | null } | null }[]
      }
      return events.map(({ assignment }) => assignment?.comment)
    },
    exported: async (): Promise<unknown> => (await request.get(`${url}/api/rules/export`)).json(),
  }
  return office
}
