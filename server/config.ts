import { parseArgs } from 'node:util'
import { isZone, systemZone } from '../contract/time.ts'
import type { Synchronous } from '../db/open.ts'

export type Config = {
  host: string
  port: number
  /** Folder of the database, its backups and its lock. */
  data: string
  zone: string
  dayStartMinutes: number
  synchronous: Synchronous
  cacheBytes: number
  slowMs: number
  readers: number
  heapMb: { reader: number; writer: number }
  timeoutMs: { query: number; commit: number; drain: number; start: number }
}

/** A command line that cannot be meant. */
export class ConfigProblem extends Error {}

const OPTIONS = {
  host: { type: 'string', default: '0.0.0.0' },
  port: { type: 'string', default: '8000' },
  data: { type: 'string' },
  zone: { type: 'string' },
  synchronous: { type: 'string', default: 'FULL' },
  'cache-mb': { type: 'string', default: '16' },
  'slow-ms': { type: 'string', default: '500' },
} as const

/** Reads the server's command line. @throws ConfigProblem in words for the person who typed it */
export function readConfig(args: readonly string[]): Config {
  const values = parse(args)
  if (!values.data) throw new ConfigProblem('Say where the data lives: --data DIR')
  const zone = values.zone ?? systemZone()
  if (!isZone(zone)) throw new ConfigProblem(`--zone ${zone}: not an IANA time zone such as Europe/Berlin`)
  return {
    host: values.host,
    port: whole('port', values.port, 0, 65_535),
    data: values.data,
    zone,
    dayStartMinutes: 0,
    synchronous: oneOf('synchronous', values.synchronous, ['FULL', 'NORMAL', 'OFF']),
    cacheBytes: whole('cache-mb', values['cache-mb'], 0, 256) * 1024 * 1024,
    slowMs: whole('slow-ms', values['slow-ms'], 0, 60_000),
    readers: 2,
    heapMb: { reader: 96, writer: 96 },
    timeoutMs: { query: 10_000, commit: 30_000, drain: 8_000, start: 15_000 },
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values
  } catch (error) {
    throw new ConfigProblem(error instanceof Error ? error.message : String(error))
  }
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
    throw new ConfigProblem(`--${name} ${text}: must be a whole number from ${min} to ${max}`)
  }
  return value
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new ConfigProblem(`--${name} ${value}: must be one of ${allowed.join(', ')}`)
  return found
}
