import { renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A clock that a hub goes by while the test puts it forward. */
export type HubClock = {
  /** For Node that runs the hub. */
  readonly execArgv: string[]
  readonly env: Record<string, string>
  now(): number
  advance(ms: number): void
}

/** `folder` is where the clock says to the hub's threads how far it is ahead. */
export function startHubClock(folder: string, start: number): HubClock {
  const file = path.join(folder, 'ahead-ms')
  let ahead = start - Date.now()
  // Renamed, so that no thread ever reads half a number.
  const tell = () => {
    writeFileSync(`${file}.new`, String(ahead))
    renameSync(`${file}.new`, file)
  }
  tell()
  return {
    execArgv: ['--import', path.resolve(import.meta.dirname, 'hub-clock-hook.ts')],
    env: { TIMETRACK_E2E_AHEAD: file },
    now: () => Date.now() + ahead,
    advance(ms) {
      ahead += ms
      tell()
    },
  }
}
