import { clock } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import type { Denied } from './use-kiosk.ts'

/** One sentence; a person who is not known and a PIN that is wrong sound the same. */
export function deniedText(denied: Denied): string {
  switch (denied.is) {
    case 'wrong':
      return t('kiosk.denied.wrong')
    case 'badge':
      return t('kiosk.denied.badge')
    case 'starting':
      return t('kiosk.denied.starting')
    case 'unpaired':
      return t('kiosk.denied.unpaired')
    case 'locked':
      return denied.until === null
        ? t('kiosk.denied.locked')
        : t('kiosk.denied.lockedUntil', { time: clock(denied.until) })
  }
}
