import { Copy, Trash2 } from '@lucide/vue'
import { t } from '../../i18n/index.ts'
import type { MenuItem } from '../../ui/menu-item.ts'

export type RuleChoice = 'copy' | 'remove'

export const ruleMenu = (): MenuItem<RuleChoice>[] => [
  { id: 'copy', label: t('rules.copy'), icon: Copy },
  { id: 'remove', label: t('delete'), icon: Trash2, bad: true },
]
