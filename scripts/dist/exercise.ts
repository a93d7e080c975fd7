/** One working day through the calls that devices in the field use, which are frozen; each step says what came back. */
interface Answer {
  status: number
  text: string
}

async function call(url: string, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(60_000),
  })
  return { status: response.status, text: await response.text() }
}

export interface Step {
  what: string
  wrong: string[]
  note: string
}

const EVENTS = 200
const FIRST = Date.UTC(2026, 10, 24, 7)

/** A naive wall time, as the tray agent sends. */
const wall = (index: number, seconds: number) =>
  new Date(FIRST + index * 60_000 + seconds * 1000).toISOString().slice(0, -1)

/** Records, asks, assigns and exports; stops at nothing, so that one miss does not hide the next. */
export async function exercise(url: string): Promise<Step[]> {
  const steps: Step[] = []
  const step = async (what: string, act: () => Promise<{ wrong: string[]; note?: string }>) => {
    const began = performance.now()
    const { wrong, note = '' } = await act().catch((error: unknown) => ({ wrong: [String(error)], note: '' }))
    steps.push({ what, wrong, note: `${Math.round(performance.now() - began)} ms ${note}`.trim() })
  }
  const expectStatus = ({ status, text }: Answer, wanted: number) =>
    status === wanted ? [] : [`answered ${status}: ${text.slice(0, 200)}`]
  const make = async (path: string, body: object) => {
    const answer = await call(url, 'POST', path, body)
    if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`)
    return (JSON.parse(answer.text) as { id: number }).id
  }

  let event = 0
  await step(`ingest: ${EVENTS} events, acknowledged`, async () => {
    const ids = await Promise.all(
      Array.from({ length: EVENTS }, (_, index) =>
        make('/events/window', {
          timestamp_start: wall(index, 0),
          timestamp_end: wall(index, 50),
          window_title: `Brücke ${index} – Ansicht.dwg`,
          process_name: 'acad.exe',
          user_id: 'anna',
        }),
      ),
    )
    event = Math.max(...ids)
    return { wrong: new Set(ids).size === EVENTS ? [] : ['some were stored as one'] }
  })
  await step('query: the newest hundred, text whole', async () => {
    const answer = await call(url, 'GET', '/events?limit=100')
    const rows = answer.status === 200 ? (JSON.parse(answer.text) as { window_title: string }[]) : []
    return {
      wrong: [
        ...expectStatus(answer, 200),
        ...(rows.length === 100 ? [] : [`${rows.length} rows`]),
        ...(rows[0]?.window_title === `Brücke ${EVENTS - 1} – Ansicht.dwg` ? [] : ['not the newest first']),
      ],
    }
  })
  await step('project and assignment', async () => {
    const project_id = await make('/projects', { name: 'Brücke Süd', kunde: 'Stadt' })
    const answer = await call(url, 'POST', '/assignments', {
      event_id: event,
      project_id,
      activity_type: 'Planung',
      comment: 'Ansicht, Schnitt',
    })
    return { wrong: expectStatus(answer, 201) }
  })
  await step('export: CSV with the assigned event', async () => {
    const answer = await call(url, 'GET', '/export/csv')
    const [head = '', row = ''] = answer.text.trim().split('\n')
    return {
      wrong: [
        ...expectStatus(answer, 200),
        ...(head.split(',').length === 13 ? [] : [`the head has ${head.split(',').length} columns`]),
        ...(row.includes('Brücke Süd') && row.includes('"Ansicht, Schnitt"') ? [] : [`the row is: ${row}`]),
      ],
    }
  })
  await step('health and metrics', async () => {
    const health = await call(url, 'GET', '/health')
    const metrics = await call(url, 'GET', '/metrics')
    return { wrong: [...expectStatus(health, 200), ...expectStatus(metrics, 200)] }
  })
  return steps
}
