import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const limit = 300_000

/** A wrapper that only says where to get Chromium, as some systems have, does not count. */
const works = (file: string) => spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0

function inPath(name: string, env = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(path.delimiter)
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file))
}

/** A Chromium of this machine's own: that of TIMETRACK_CHROMIUM, else the first one that starts. */
export function installedChromium(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['TIMETRACK_CHROMIUM']
  const names = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => inPath(name, env))
  const files = named ? [named] : names
  return files.find((file) => file !== undefined && works(file))
}

async function playwrightsOwn(): Promise<string> {
  const { chromium } = await import('@playwright/test')
  return chromium.executablePath()
}

function run(command: string, args: string[]): boolean {
  console.log(`test: ${[command, ...args].join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return (
    spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: limit, env }).status === 0
  )
}

async function find(): Promise<string | undefined> {
  const named = process.env['TIMETRACK_CHROMIUM']
  if (named) return named
  const found = installedChromium(process.env)
  if (found) return found
  const own = await playwrightsOwn()
  return existsSync(own) && works(own) ? own : undefined
}

/** Finds a Chromium, or gets one from Playwright or, as root on Debian, from the system's packages. */
export async function getChromium(): Promise<{ file: string } | { why: string }> {
  let file = await find()
  if (file) return works(file) ? { file } : { why: `${file} (TIMETRACK_CHROMIUM) does not start` }

  console.log('test: no Chromium here, which the browser tests need; getting one')
  if (run('playwright', ['install', 'chromium'])) file = await find()
  if (file) return { file }

  if (!existsSync('/etc/debian_version') || !inPath('apt-get')) {
    return { why: 'no Chromium, and Playwright could not download or start its own' }
  }
  if (process.getuid?.() !== 0) return { why: 'no Chromium (as root: apt-get install chromium)' }
  const packages = ['chromium', 'fonts-dejavu-core']
  const isInstalled =
    run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', ...packages])
  file = isInstalled ? await find() : undefined
  return file ? { file } : { why: 'no Chromium: neither Playwright nor apt-get could get one' }
}
