import {
  CircleHelp,
  Combine,
  Eye,
  EyeOff,
  Lock,
  LockOpen,
  MessageSquare,
  Scissors,
  SquareCheck,
  Tag,
  Trash2,
  Undo2,
  Wand2,
} from '@lucide/vue'
import { t } from '../../i18n/index.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import type { Block } from './blocks.ts'

export type BlockChoice =
  | 'assign'
  | 'change'
  | 'unassign'
  | 'select'
  | 'split'
  | 'merge'
  | 'comment'
  | 'why'
  | 'rule'
  | 'private'
  | 'public'
  | 'ignore'
  | 'count'
  | 'delete'

type Item = MenuItem<BlockChoice>

/** What can be done with blocks; all of them share their kind. `isSelectable`: with one that is a card. */
export function blockMenu(blocks: readonly Block[], isSelectable: boolean): Item[] {
  const [block] = blocks
  if (!block) return []
  const isOne = blocks.length === 1
  const remove: Item = { id: 'delete', label: t('day.delete'), icon: Trash2, key: 'Del', bad: true }
  const split: Item[] =
    isOne && block.end - block.start > 60_000
      ? [{ id: 'split', label: t('day.split'), icon: Scissors, key: 'S' }]
      : []
  const merge: Item[] = isOne ? [] : [{ id: 'merge', label: t('day.merge'), icon: Combine, key: 'M' }]
  const rule: Item = { id: 'rule', label: t('day.rule'), icon: Wand2 }
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
      { id: 'comment', label: t('day.comment'), icon: MessageSquare, key: 'C' },
      ...split,
      ...(isOne ? [{ id: 'why' as const, label: t('day.why'), icon: CircleHelp }] : []),
      rule,
      { id: 'unassign', label: t('day.unassign'), icon: Undo2 },
      { id: 'ignore', label: t('day.ignore'), icon: EyeOff },
      remove,
    ]
  const select: Item[] = isSelectable
    ? [{ id: 'select', label: t('day.select.menu'), icon: SquareCheck, key: 'X' }]
    : []
  return [
    { id: 'assign', label: t('day.assign.menu'), icon: Tag, key: '↵' },
    { id: 'comment', label: t('day.assignComment'), icon: MessageSquare, key: 'C' },
    ...select,
    ...split,
    ...merge,
    rule,
    { id: 'ignore', label: t('day.ignore'), icon: EyeOff, key: 'I' },
    { id: 'private', label: t('day.makePrivate'), icon: Lock, key: 'P' },
    remove,
  ]
}
