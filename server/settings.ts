import type { Settings } from '../contract/settings.ts'
import { DEFAULT_SETTINGS } from '../contract/usual-settings.ts'
import type { Sqlite } from '../db/open.ts'
import { settingReads } from '../db/settings.ts'

/** Reads the settings as they are now: what was chosen over what is usual. */
export function currentSettings(sql: Sqlite): () => Settings {
  const stored = settingReads(sql)
  const chosen = <K extends keyof Settings>(name: K): Settings[K] => ({
    ...DEFAULT_SETTINGS[name],
    ...(stored.get(name) as Partial<Settings[K]>),
  })
  return () => ({
    sessions: chosen('sessions'),
    memory: chosen('memory'),
    access: chosen('access'),
    kiosk: chosen('kiosk'),
  })
}
