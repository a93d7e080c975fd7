import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** One value, or one for each set of labels. */
export type Values = number | { labels: Record<string, string>; value: number }[]

export type Figures = Record<string, { help: string; labels?: readonly string[]; value: () => Values }>

export type Metrics = ReturnType<typeof createMetrics>

/** Figures in Prometheus' text format: requests by route, the process, and what `figures` adds. */
export function createMetrics(figures: Figures) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'timetrack_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  const events = new Counter({
    name: 'timetrack_commits_total',
    help: 'Commits that changed something',
    registers: [registry],
  })
  for (const [name, { help, labels = [], value }] of Object.entries(figures)) {
    const shape = { name: `timetrack_${name}`, help, labelNames: labels, registers: [registry] }
    // Asked for when they are read; `reset`, so that what is no longer there is no longer told.
    if (name.endsWith('_total')) {
      new Counter({
        ...shape,
        collect() {
          this.reset()
          for (const one of listed(value())) this.inc(one.labels, one.value)
        },
      })
    } else {
      new Gauge({
        ...shape,
        collect() {
          this.reset()
          for (const one of listed(value())) this.set(one.labels, one.value)
        },
      })
    }
  }
  // A label set is looked up by text in the library; this keeps the few dozen there are at hand.
  const known = new Map<string, { observe(seconds: number): void }>()
  return {
    observe(method: string, route: string, status: number, seconds: number): void {
      const key = `${method} ${route} ${status}`
      let series = known.get(key)
      if (!series) known.set(key, (series = requests.labels(method, route, String(status))))
      series.observe(seconds)
    },
    committed: () => events.inc(),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}

const listed = (values: Values) => (typeof values === 'number' ? [{ labels: {}, value: values }] : values)
