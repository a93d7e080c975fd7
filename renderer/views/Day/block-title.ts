import { t } from '../../i18n/index.ts'
import type { Block } from './blocks.ts'

/** What a block is called in lists. */
export const titleOf = ({ headline }: Block): string => headline ?? t('day.untitled')
