import type { Answer, Input } from '../../contract/calls.ts'
import { currentSettings } from '../settings.ts'
import { query } from '../threads/define.ts'

export const settingsQueries = {
  'settings.get': query<Input<'settings.get'>, Answer<'settings.get'>>(['settings'], ({ sql }) => {
    const current = currentSettings(sql)
    return () => current()
  }),
}
