import { Eye, EyeOff, Lock, LockOpen, SquareCheck, Tag, Trash2, Undo2 } from '@lucide/vue'
import { t } from '../../i18n/index.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import type { Block } from './blocks.ts'

export type BlockChoice =
  'assign' | 'change' | 'unassign' | 'select' | 'private' | 'public' | 'ignore' | 'count' | 'delete'

type Item = MenuItem<BlockChoice>

/** What can be done with blocks of a kind; all of them share it. */
export function blockMenu(block: Block, isSelectable: boolean): Item[] {
  const remove: Item = { id: 'delete', label: t('day.delete'), icon: Trash2, key: 'Del', bad: true }
  if (block.kind === 'private')
    return [
      { id: 'public', label: t('day.notPrivate'), icon: LockOpen },
      { id: 'assign', label: t('day.assign.menu'), icon: Tag },
      remove,
    ]
  if (block.kind === 'ignored') return [{ id: 'count', label: t('day.notIgnored'), icon: Eye }, remove]
  if (block.kind === 'explained')
    return [
      { id: 'change', label: t('day.change'), icon: Tag },
      { id: 'unassign', label: t('day.unassign'), icon: Undo2 },
      { id: 'ignore', label: t('day.ignore'), icon: EyeOff },
      remove,
    ]
  const select: Item[] = isSelectable
    ? [{ id: 'select', label: t('day.select.menu'), icon: SquareCheck, key: 'X' }]
    : []
  return [
    { id: 'assign', label: t('day.assign.menu'), icon: Tag, key: '↵' },
    ...select,
    { id: 'ignore', label: t('day.ignore'), icon: EyeOff, key: 'I' },
    { id: 'private', label: t('day.makePrivate'), icon: Lock, key: 'P' },
    remove,
  ]
}
