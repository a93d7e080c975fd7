import { asApiError } from '../../api.ts'
import { t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'

/** Why somebody did not get in, in words; `wrong` where the hub does not say what of it was. */
export function refusedBecause(error: unknown, wrong: string): string {
  const { code, fields } = asApiError(error)
  if (code === 'unauthorized') return wrong
  if (code === 'too_many') return t('access.locked', { time: (fields['until'] ?? '').slice(11, 16) })
  return reasonOf(error)
}
