import { ArrowRight, CopyPlus, Pencil, Trash2 } from '@lucide/vue'
import type { Day } from '../../../contract/time.ts'
import { duration, shortDay } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { copyDays } from './copy-days.ts'
import type { Cell, WeekRow } from './rows.ts'

/** `copy:` and the day to copy to. */
export type CellChoice = 'enter' | 'open' | 'remove' | `copy:${Day}`

export function cellMenu(
  row: WeekRow,
  cell: Cell,
  days: { day: Day; week: readonly Day[]; today: Day },
): MenuItem<CellChoice>[] {
  const items: MenuItem<CellChoice>[] = []
  if (!row.isClosed) items.push({ id: 'enter', label: t('week.enter'), icon: Pencil })
  items.push({ id: 'open', label: t('week.toDay'), icon: ArrowRight, key: '↵' })
  if (cell.enteredMs === 0) return items
  const time = duration(cell.enteredMs)
  const copies = row.isClosed ? [] : copyDays(days.day, days.week)
  for (const [at, day] of copies.entries())
    items.push({
      id: `copy:${day}`,
      label: t('week.copy', { time, day: shortDay(day, days.today) }),
      icon: CopyPlus,
      ...(at === 0 ? { key: 'C' } : {}),
    })
  items.push({ id: 'remove', label: t('week.remove', { time }), icon: Trash2, bad: true, key: 'Del' })
  return items
}

export const copyDayOf = (choice: CellChoice): Day | null =>
  choice.startsWith('copy:') ? choice.slice('copy:'.length) : null
