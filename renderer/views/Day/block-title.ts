import { t } from '../../i18n/index.ts'
import type { Block } from './blocks.ts'

/** What a block is called in lists. */
export function titleOf({ headline, app, things }: Block): string {
  if (headline !== null) return headline
  return things > 1 && app !== null ? t('day.things', { app, n: things }) : t('day.untitled')
}
