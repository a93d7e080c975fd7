import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** One chunk in Vite's manifest; imports are keys of the manifest. */
export interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
}
export type Manifest = Record<string, Chunk>

/** What each route imports lazily but cannot do without; German is the longer of the languages. */
const routes = {
  '/app/day': ['i18n/de.json', 'views/Shell/AppShell.vue', 'views/Day/DayView.vue'],
  '/kiosk': ['i18n/de.json', 'views/Kiosk/KioskView.vue'],
}
const routeBudget = 100_000
const chunkBudget = 60_000

/** The files a browser loads before a route can be used: the entry, its lazy parts, and all they import at once. */
export function initialFiles(manifest: Manifest, lazy: string[]): string[] {
  const files = new Set<string>()
  const add = (key: string) => {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`${key} is not a chunk of its own: is it still imported lazily?`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) add(imported)
  }
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry)
  for (const key of [...entries, ...lazy]) add(key)
  return [...files]
}

function report(built: string): boolean {
  const gzipped = (file: string) => gzipSync(readFileSync(path.join(built, file)), { level: 9 }).length
  const rows: { what: string; bytes: number; budget: number }[] = []
  const manifest = JSON.parse(readFileSync(path.join(built, '.vite/manifest.json'), 'utf8')) as Manifest
  for (const [route, lazy] of Object.entries(routes)) {
    const files = initialFiles(manifest, lazy).filter((file) => file.endsWith('.js'))
    const bytes = files.reduce((sum, file) => sum + gzipped(file), 0)
    rows.push({ what: `${route} (${files.length} files)`, bytes, budget: routeBudget })
  }
  const chunks = globSync('assets/**/*.js', { cwd: built }).map((file) => ({
    what: path.basename(file),
    bytes: gzipped(file),
    budget: chunkBudget,
  }))
  rows.push(...chunks.sort((a, b) => b.bytes - a.bytes))

  const kilo = (bytes: number) => (bytes / 1000).toFixed(1).padStart(6)
  const width = Math.max(...rows.map(({ what }) => what.length))
  console.log('JavaScript, gzip -9, kB')
  for (const { what, bytes, budget } of rows) {
    const verdict = bytes <= budget ? 'PASS' : 'FAIL'
    console.log(`  ${what.padEnd(width)} ${kilo(bytes)} of ${kilo(budget)}  ${verdict}`)
  }
  return rows.every(({ bytes, budget }) => bytes <= budget)
}

if (import.meta.main) {
  try {
    process.exitCode = report(path.resolve(import.meta.dirname, '../dist/renderer')) ? 0 : 1
  } catch (error) {
    console.error(
      `size: ${error instanceof Error ? error.message : String(error)} (npm run build comes first)`,
    )
    process.exitCode = 1
  }
}
