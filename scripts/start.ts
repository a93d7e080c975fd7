import path from 'node:path'
import { buildRendererIfStale } from './build.ts'
import { chooseShell, type Shell } from './electron.ts'
import { runHeadless } from './headless.ts'
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

const options = optionsOrExit()
await buildPages()
log(`Starting without a window: ${windowIsMissing(chooseShell(options.headless, process.env, log))}.`)
process.exit(await runHeadless(options, process.env, log))
