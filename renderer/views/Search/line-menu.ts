import { ArrowRight, Eye, EyeOff, Lock, LockOpen, SquareCheck, Tag } from '@lucide/vue'
import { t } from '../../i18n/index.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import type { Line } from './lines.ts'

export type LineChoice = 'assign' | 'select' | 'private' | 'public' | 'ignore' | 'count' | 'open'

export function lineMenu({ main }: Line): MenuItem<LineChoice>[] {
  return [
    {
      id: 'assign',
      label: t(main.assignment === null ? 'day.assign.menu' : 'day.change'),
      icon: Tag,
      key: '↵',
    },
    { id: 'select', label: t('day.select.menu'), icon: SquareCheck, key: 'X' },
    main.ignored
      ? { id: 'count', label: t('day.notIgnored'), icon: Eye }
      : { id: 'ignore', label: t('day.ignore'), icon: EyeOff, key: 'I' },
    main.private
      ? { id: 'public', label: t('day.notPrivate'), icon: LockOpen }
      : { id: 'private', label: t('day.makePrivate'), icon: Lock, key: 'P' },
    { id: 'open', label: t('search.toDay'), icon: ArrowRight },
  ]
}
