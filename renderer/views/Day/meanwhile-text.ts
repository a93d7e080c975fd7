import { t } from '../../i18n/index.ts'
import type { Pick } from '../../picker/picks.ts'
import type { Meanwhile } from './meanwhile.ts'

/** What happened to a block elsewhere while somebody had it in hand, in words. */
export function meanwhileText({ what, target, isPart }: Meanwhile, nameOf: (pick: Pick) => string): string {
  if (what === 'explained' && target !== null)
    return t(isPart ? 'day.meanwhile.partExplained' : 'day.meanwhile.explained', { target: nameOf(target) })
  return t(`day.meanwhile.${what === 'explained' ? 'regrouped' : what}`)
}
