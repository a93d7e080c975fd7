import { extractAll, getRawHeader, listPackage } from '@electron/asar'
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import {
  compareLists,
  describe,
  expectedInAsar,
  listBuilt,
  listFiles,
  NATIVE,
  SQLITE_FOLDER,
} from './files.ts'
import type { Findings } from './findings.ts'
import { startServer } from './server-process.ts'
import { verifyShell } from './verify-shell.ts'

export interface AppCheck {
  /** The packed program's resources/. */
  resources: string
  /** dist/ that it was made of. */
  built: string
  root: string
  work: string
}

const isHeaderFile = (entry: unknown): entry is { unpacked?: boolean } =>
  typeof entry === 'object' && entry !== null

/** Files that the archive's table calls unpacked. */
function unpackedIn(node: unknown, at = ''): string[] {
  const { files } = node as { files?: Record<string, unknown> }
  return Object.entries(files ?? {}).flatMap(([name, entry]) => {
    if (!isHeaderFile(entry)) return []
    if ('files' in entry) return unpackedIn(entry, `${at}${name}/`)
    return entry.unpacked ? [`${at}${name}`] : []
  })
}

function isSameModule(packed: Buffer, original: Buffer): boolean {
  const [ours, theirs] = [packed, original].map(
    (text) => JSON.parse(text.toString()) as Record<string, unknown>,
  )
  return ['name', 'version', 'type', 'main', 'exports'].every(
    (key) => JSON.stringify(ours?.[key]) === JSON.stringify(theirs?.[key]),
  )
}

/**
 * What a bundle asks for when it runs; `__require` is what the bundler made of a package's `require`. Types in comments
 * (`* @param {import('./index.js').X}`) are none of it.
 */
export function importsOf(code: string): string[] {
  const found = code.matchAll(
    /^import\b[^'"`]*?["']([^"']+)["']|^(?!\s*\*\s*@)[^"'`/\n]*\bimport\(["']([^"']+)["']\)|\b__require\(["'`]([^"'`]+)["'`]\)/gm,
  )
  return [...new Set([...found].map(([, plain, dynamic, required]) => plain ?? dynamic ?? required ?? ''))]
}

/** Opens app.asar and proves that it holds the app, whole and unchanged, and that it runs. */
export async function verifyApp(findings: Findings, check: AppCheck): Promise<void> {
  const archive = path.join(check.resources, 'app.asar')
  const expected = expectedInAsar(listBuilt(check.built))
  const opened = path.join(check.work, 'opened')
  rmSync(opened, { recursive: true, force: true })

  await findings.attempt('app.asar: files', () => {
    extractAll(archive, opened)
    const folders = new Set(listPackage(archive, { isPack: false }).map((file) => path.posix.dirname(file)))
    const found = listPackage(archive, { isPack: false }).filter((file) => !folders.has(file))
    const difference = compareLists(
      expected,
      found.map((file) => file.slice(1)),
    )
    findings.judge(
      'app.asar: every expected file, none else',
      describe(difference),
      `${expected.length} files`,
    )
  })
  if (!existsSync(opened)) return

  await findings.attempt('app.asar: contents', () => {
    const source = (file: string) =>
      path.join(file.startsWith(SQLITE_FOLDER) ? check.root : check.built, file)
    const changed = expected.filter((file) => {
      const [packed, original] = [readFileSync(path.join(opened, file)), readFileSync(source(file))]
      // electron-builder leaves out of these what only npm reads.
      if (file.endsWith('package.json')) return !isSameModule(packed, original)
      return !packed.equals(original)
    })
    findings.judge('app.asar: contents as built', changed)
    const unpacked = unpackedIn(getRawHeader(archive).header)
    findings.judge('app.asar: only the library is unpacked', describe(compareLists([NATIVE], unpacked)))
  })

  await findings.attempt('entry points', () => verifyEntries(findings, opened))
  await findings.attempt('server runs from the package', async () => {
    const app = copyToRun(check, opened)
    await verifyServer(findings, app, path.join(check.work, 'data'))
    await verifyShell(findings, app, check)
  })
}

function verifyEntries(findings: Findings, opened: string): void {
  const manifest = JSON.parse(readFileSync(path.join(opened, 'package.json'), 'utf8')) as { main?: string }
  const entries = [manifest.main ?? '(none)', 'electron/preload.cjs', 'server/main.js']
  const threads = ['server/reader.js', 'server/writer.js']
  const wrong: string[] = []
  for (const entry of [...entries, ...threads]) {
    try {
      execFileSync(process.execPath, ['--check', path.join(opened, entry)], { stdio: 'pipe' })
    } catch (error) {
      wrong.push(`${entry}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    }
  }
  const outside = new Set(['electron', 'better-sqlite3'])
  for (const file of listFiles(opened).filter((name) => /^(?:electron|server)\/[^/]+\.c?js$/.test(name))) {
    for (const name of importsOf(readFileSync(path.join(opened, file), 'utf8'))) {
      if (outside.has(name) || name.startsWith('node:') || builtinModules.includes(name)) continue
      const isThere = name.startsWith('.') && existsSync(path.join(opened, path.dirname(file), name))
      if (!isThere) wrong.push(`${file} asks for ${name}`)
    }
  }
  findings.judge('entry points parse, and what they import is inside', wrong, entries.join(', '))
}

/** The library of this machine beside that of the Pi, so that the packed JavaScript runs here. */
export function addOwnLibrary(root: string, opened: string): void {
  const name = `prebuilds/linux-${process.arch}.node`
  const target = path.join(opened, SQLITE_FOLDER, name)
  if (!existsSync(target)) copyFileSync(path.join(root, SQLITE_FOLDER, name), target)
}

/** A copy, so that what was packed stays as it was. */
function copyToRun({ root, work }: AppCheck, opened: string): string {
  const app = path.join(work, 'app')
  rmSync(app, { recursive: true, force: true })
  cpSync(opened, app, { recursive: true })
  addOwnLibrary(root, app)
  return app
}

async function verifyServer(findings: Findings, app: string, data: string): Promise<void> {
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { recursive: true })
  const entry = path.join(app, 'server/main.js')
  const server = await startServer({ command: [process.execPath], entry, data, limitMs: 30_000 })
  try {
    const health = (await (await fetch(`${server.url}/health`)).json()) as { status: string; version: string }
    const { version } = JSON.parse(readFileSync(path.join(app, 'package.json'), 'utf8')) as {
      version: string
    }
    findings.judge('server: starts from the package, healthy', [
      ...(health.status === 'ok' ? [] : [`health says ${health.status}`]),
      ...(health.version === version ? [] : [`it calls itself ${health.version}, not ${version}`]),
    ])
    const page = await fetch(`${server.url}/kiosk`)
    const script = /src="([^"]+\.js)"/.exec(await page.text())?.[1]
    const code = script
      ? await fetch(new URL(script, page.url), { headers: { 'accept-encoding': 'br' } })
      : page
    findings.judge('server: serves the pages inside the package', [
      ...(script ? [] : ['/kiosk has no script']),
      ...(code.ok && (await code.text()).length > 1000 ? [] : [`${script ?? ''} cannot be loaded`]),
    ])
    const { code: exit, ms } = await server.drain()
    findings.judge('server: drains', exit === 0 ? [] : [`ended with ${String(exit)}`], `${ms} ms`)
  } finally {
    await server.kill()
  }
}
