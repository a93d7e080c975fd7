import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'

const PATIENCE_MS = 2000
const LOOK_MS = 20

/** Chromium's files for our window, beside Electron's (`window`): never those of the person at the machine. */
export const kioskProfile = (data: string) => path.join(data, 'chromium')

/** Nobody is there to answer: whether to translate the page (which Vue's would not survive), or to keep a password. */
const PREFERENCES = { translate: { enabled: false }, credentials_enable_service: false }

/** Makes the profile ready for a Chromium; what it needs to know by its environment. */
export function prepareProfile(profile: string): NodeJS.ProcessEnv {
  mkdirSync(path.join(profile, 'Default'), { recursive: true, mode: 0o700 })
  const preferences = path.join(profile, 'Default/Preferences')
  if (!existsSync(preferences)) writeFileSync(preferences, JSON.stringify(PREFERENCES))
  // Else in the person's own folder. What crashed held what people do: it is not kept.
  const crashes = path.join(profile, 'crashes')
  rmSync(crashes, { recursive: true, force: true })
  return { BREAKPAD_DUMP_LOCATION: crashes }
}

/**
 * Ends a Chromium that is still in the profile, as when `npm start` was killed: a new one would hand its page over
 * to it and end. Whoever has the hub's database has the profile too, so nobody else's is met. Its lock goes in any
 * case: after this machine was renamed, Chromium would take it for another one's and not start.
 */
export async function endLeftover(profile: string): Promise<void> {
  const pid = holder(profile)
  if (pid !== null && isIn(profile, pid)) {
    kill(pid)
    for (let waited = 0; waited < PATIENCE_MS && isIn(profile, pid); waited += LOOK_MS) await after(LOOK_MS)
  }
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    rmSync(path.join(profile, name), { force: true })
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended.
  }
}

/** The lock is a link to `host-pid`. */
function holder(profile: string): number | null {
  try {
    const pid = Number(/-(\d+)$/.exec(readlinkSync(path.join(profile, 'SingletonLock')))?.[1])
    return Number.isInteger(pid) && pid > 1 ? pid : null
  } catch {
    return null
  }
}

/** The number may belong to another process by now. */
function isIn(profile: string, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--user-data-dir=${profile}`)
  } catch {
    return false
  }
}
