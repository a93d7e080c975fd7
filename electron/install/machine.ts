import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { hostEnvironment } from '../host-environment.ts'
import type { Installer } from './install.ts'

type Environment = Record<string, string | undefined>

/** What an installation needs of the machine that it runs on. */
export function thisMachine(
  env: Environment,
  execPath: string,
): Pick<Installer, 'run' | 'health' | 'wait' | 'source'> {
  return {
    // Inside an AppImage: the mounted image, which goes away with this process.
    source: env['APPDIR'] ?? dirname(execPath),
    run: runner(env),
    health: healthyVersion,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }
}

/** A stop waits for the kiosk to drain, at most 15 s (the unit's TimeoutStopSec). */
const LIMIT_MS = 60_000

export function runner(env: Environment): Installer['run'] {
  return (command, args) =>
    new Promise((resolve, reject) => {
      execFile(command, args, { env: hostEnvironment(env), timeout: LIMIT_MS }, (error, out, complaint) => {
        if (error === null) resolve(out)
        else reject(new Error((complaint + out).trim() || error.message))
      })
    })
}

export async function healthyVersion(port: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(5000) })
    const { status, version } = (await answer.json()) as { status?: unknown; version?: unknown }
    return status === 'ok' && typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}
