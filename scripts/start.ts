import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { databaseFile } from '../server/host/data-folder.ts'
import { buildAppIfStale } from './build-app.ts'
import { isRendererStale } from './build.ts'
import { chooseShell } from './electron.ts'
import { runHeadless } from './headless.ts'
import { openChromium } from './kiosk.ts'
import { type Options, readOptions, usage } from './options.ts'
import { runWindow } from './window.ts'

const root = path.resolve(import.meta.dirname, '..')
const log = (line: string) => console.log(`timetrack: ${line}`)

function optionsOrExit(): Options {
  try {
    const options = readOptions(process.argv.slice(2), process.env)
    if (options !== 'help') return options
    console.log(usage)
    process.exit(0)
  } catch (error) {
    console.error(`timetrack: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}

/**
 * A hub with yesterday's pages still records the day; without a hub nothing does. A build leaves hundreds of
 * megabytes behind, so it has a process of its own: this one lives as long as the hub.
 */
function buildPages(): void {
  if (!isRendererStale()) return
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts/build.ts')], { stdio: 'inherit' })
  if (status !== 0) log('The pages could not be built (see above). The hub starts with those it has.')
}

/** Only an empty database is filled: nobody's recorded day is mixed with invented ones. */
async function fillDemo({ data }: Options): Promise<void> {
  const { fillDatabase } = await import('./demo/fill.ts')
  const { DEMO_PASSWORD, DEMO_PIN, letDemoPeopleIn } = await import('./demo/let-in.ts')
  const result = fillDatabase(databaseFile(data), { now: Date.now() })
  if (!result.filled) return log(`No demo data: ${result.why}`)
  log(`Filled with ${result.events} events of ${result.people} people.`)
  const admin = await letDemoPeopleIn(databaseFile(data))
  log(`Log in as ${admin} with the password ${DEMO_PASSWORD}; at the kiosk everybody's PIN is ${DEMO_PIN}.`)
}

/** Runs the product as this machine can show it; resolves with the exit code. */
async function run(options: Options): Promise<number> {
  const shell = chooseShell(options.headless, process.env, log)
  if (shell.kind === 'headless') {
    log(`Starting without a window: ${shell.why}.`)
    return runHeadless(options, process.env, log)
  }
  if (shell.kind === 'chromium') {
    log(`Starting ${options.windowed ? 'in a window' : 'the kiosk'} in Chromium: ${shell.why}.`)
    const { data, windowed } = options
    return runHeadless(options, process.env, log, {
      openScreen: (onClosed, heap) =>
        openChromium({ binary: shell.binary, data, windowed, heap, env: process.env, log, onClosed }),
    })
  }
  await buildAppIfStale(log)
  log(`Starting ${options.windowed ? 'in a window' : 'the kiosk'}.`)
  return runWindow({ binary: shell.binary, app: path.join(root, 'dist'), options, env: process.env })
}

// A reader of our lines that went away must not end the hub.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const options = optionsOrExit()
buildPages()
try {
  if (options.demo) await fillDemo(options)
  process.exit(await run(options))
} catch (error) {
  console.error(`timetrack: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
