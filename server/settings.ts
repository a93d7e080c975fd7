import type { Settings } from '../contract/settings.ts'
import { DEFAULT_SETTINGS } from '../contract/usual-settings.ts'
import type { Sqlite } from '../db/open.ts'
import { settingReads } from '../db/settings.ts'

/** Reads the settings as they are now: what was chosen over what is usual. */
export function currentSettings(sql: Sqlite): () => Settings {
  const stored = settingReads(sql)
  return () => ({
    sessions: { ...DEFAULT_SETTINGS.sessions, ...(stored.get('sessions') as Partial<Settings['sessions']>) },
    memory: { ...DEFAULT_SETTINGS.memory, ...(stored.get('memory') as Partial<Settings['memory']>) },
  })
}
