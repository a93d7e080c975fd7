import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal } from '../../contract/errors.ts'
import { choose, contradictions } from '../../contract/usual-settings.ts'
import { settingWrites } from '../../db/settings.ts'
import { currentSettings } from '../settings.ts'
import { command } from '../threads/define.ts'

export const settingsCommands = {
  'settings.change': command<Input<'settings.change'>, Answer<'settings.change'>>(({ db, clock }) => {
    const current = currentSettings(db.sql)
    const settings = settingWrites(db)
    return ({ sessions, memory, access, kiosk }) => {
      if (sessions) settings.put('sessions', choose(current().sessions, sessions), clock())
      if (memory) {
        const limits = choose(current().memory, memory)
        const wrong = contradictions(limits)
        if (Object.keys(wrong).length > 0)
          throw new Refusal('invalid', 'These limits of memory contradict each other.', wrong)
        settings.put('memory', limits, clock())
      }
      if (access) settings.put('access', choose(current().access, access), clock())
      if (kiosk) settings.put('kiosk', choose(current().kiosk, kiosk), clock())
      return current()
    }
  }),
}
