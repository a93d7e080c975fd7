import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dataFolder } from '../server/host/data-folder.ts'

export type ShellOptions = {
  /** In an ordinary window on a desktop, on the pages for browsers, instead of the kiosk. */
  windowed: boolean
  port: number
  host: string
  data: string
  /** Minutes without a touch until the kiosk's screen goes dark; 0: never. */
  darkAfterMinutes: number
}

const DEFAULTS = { port: '8000', host: '0.0.0.0', 'dark-after': '15' }

/**
 * Reads Electron's command line. Switches of Chromium, Node and test tools stand between ours, so what is
 * unknown is left alone; a value of ours that cannot be meant is thrown as an Error in words for a person.
 */
export function readArguments(
  argv: readonly string[],
  env: Record<string, string | undefined>,
  home: string,
): ShellOptions {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      windowed: { type: 'boolean' },
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      'dark-after': { type: 'string' },
    },
  })
  const text = (name: 'port' | 'host' | 'dark-after') => {
    const value = values[name] ?? DEFAULTS[name]
    if (typeof value !== 'string' || value === '') throw new Error(`--${name}: say which`)
    return value
  }
  const { data } = values
  if (data !== undefined && (typeof data !== 'string' || data === ''))
    throw new Error('--data: say which folder')
  return {
    windowed: values.windowed === true,
    port: whole('port', text('port'), 65_535),
    host: text('host'),
    data: data === undefined ? dataFolder(env, home) : resolve(data),
    darkAfterMinutes: whole('dark-after', text('dark-after'), 24 * 60),
  }
}

function whole(name: string, text: string, max: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > max)
    throw new Error(`--${name} ${text}: must be a number from 0 to ${max}`)
  return value
}

/**
 * Chromium's own files (profile, caches, the lock of the single instance). Inside the data folder, so that
 * two hubs on two folders are two programs, and two on one folder are the same.
 */
export function profileFolder(data: string): string {
  return join(data, 'window')
}
