import type { Warning } from '../../../contract/attendance.ts'
import { duration } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'

/** `30 Minuten Pause …`, without the paragraph. */
export const warningText = ({ code, isMs, limitMs }: Warning): string =>
  t(`attendance.warning.${code}`, { is: duration(isMs), limit: duration(limitMs) })

/** Within the law as long as it evens out: said more quietly. */
export const isQuiet = ({ code }: Warning): boolean => code === 'over_8h'
