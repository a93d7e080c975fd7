import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { buildRendererIfStale } from './build.ts'
import { chooseShell, type Shell } from './electron.ts'
import { type Options, readOptions, usage } from './options.ts'

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

/** A hub with yesterday's pages still records the day; without a hub nothing does. */
async function buildPages(): Promise<void> {
  try {
    await buildRendererIfStale(log)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    log('The pages could not be built (see above). The hub starts with those it has.')
  }
}

/** The window's files are not built yet, so a machine that could show it gets the hub alone. */
function windowIsMissing(shell: Shell): string | undefined {
  return shell.kind === 'electron' ? 'the Electron window is not available yet' : shell.why
}

function runHeadless({ port, host, data, demo }: Options): void {
  const args = ['--port', String(port), '--host', host, '--data', data, ...(demo ? ['--demo'] : [])]
  // In a group of its own: ctrl+c reaches this process alone, so the hub hears of it exactly once.
  const hub = spawn(process.execPath, [path.join(root, 'server/main.ts'), ...args], {
    stdio: 'inherit',
    detached: true,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => hub.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
  }
  hub.on('error', (error) => {
    console.error(`timetrack: the hub could not be started: ${error.message}`)
    process.exitCode = 1
  })
  hub.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0)
    // The handlers above must not keep a process alive that has nothing left to do.
    process.exit()
  })
}

const options = optionsOrExit()
await buildPages()
log(`Starting without a window: ${windowIsMissing(chooseShell(options.headless, process.env, log))}.`)
runHeadless(options)
