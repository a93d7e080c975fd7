import type { PunchKind } from '../../../../contract/attendance.ts'
import type { MessageKey } from '../../../i18n/index.ts'

/** What the buttons say. */
export const PUNCH_NAMES = {
  in: 'kiosk.punch.in',
  out: 'kiosk.punch.out',
  break_start: 'kiosk.punch.break',
  break_end: 'kiosk.punch.goOn',
} as const satisfies Record<PunchKind, MessageKey>
