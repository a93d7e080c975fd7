import { homedir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { dataFolder } from '../server/host/data-folder.ts'

export interface Options {
  headless: boolean
  /** The pages for browsers in an ordinary window, instead of the kiosk on the whole screen. */
  windowed: boolean
  port: number
  host: string
  data: string
  demo: boolean
}

export const usage = `npm start [-- OPTIONS]

Starts TimeTrack: the kiosk where there is a display (in Electron, else in Chromium), otherwise the hub alone.

  --headless     no window, even where there is a display
  --windowed     an ordinary window with the pages for browsers, instead of the kiosk
  --port PORT    where to listen (8000)
  --host HOST    whom to listen to: 0.0.0.0 for the network (default), 127.0.0.1 for this machine alone
                 (default with --demo, whose passwords everybody knows)
  --data DIR     where the database lives ($TIMETRACK_DATA, else $XDG_DATA_HOME/timetrack,
                 else ~/.local/share/timetrack)
  --demo         fill an empty database with two weeks of lively data
  --help         show this`

/** Reads the command line. A mistake is thrown as an Error whose message is meant for the person typing. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      headless: { type: 'boolean', default: false },
      windowed: { type: 'boolean', default: false },
      port: { type: 'string', default: '8000' },
      host: { type: 'string' },
      data: { type: 'string' },
      demo: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new Error(`--port ${values.port}: not a port (0 to 65535)`)
  const host = values.host ?? (values.demo ? '127.0.0.1' : '0.0.0.0')
  if (!host) throw new Error('--host: must not be empty')
  const data = values.data === undefined ? dataFolder(env, homedir()) : path.resolve(values.data)
  return {
    headless: values.headless,
    windowed: values.windowed,
    port,
    host,
    data,
    demo: values.demo,
  }
}
