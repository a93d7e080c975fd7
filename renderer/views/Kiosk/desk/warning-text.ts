import type { AttendanceDay } from '../../../../contract/attendance.ts'
import { duration } from '../../../i18n/format.ts'
import { type MessageKey, t } from '../../../i18n/index.ts'

type Warning = AttendanceDay['warnings'][number]

const TEXTS = {
  over_8h: 'kiosk.warning.over8h',
  over_10h: 'kiosk.warning.over10h',
  break_too_short: 'kiosk.warning.breakTooShort',
  six_hours_without_break: 'kiosk.warning.sixHours',
  rest_too_short: 'kiosk.warning.restTooShort',
  average_over_8h: 'kiosk.warning.average',
} as const satisfies Record<Warning['code'], MessageKey>

/** What the working-time law says to the day; the hub warns and deducts nothing. */
export const warningText = ({ code, law, isMs, limitMs }: Warning): string =>
  t(TEXTS[code], { law, is: duration(isMs), limit: duration(limitMs) })
