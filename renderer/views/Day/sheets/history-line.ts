import type { Batch } from '../../../../contract/assignments.ts'
import type { Day } from '../../../../contract/time.ts'
import { clock, duration, shortDay } from '../../../i18n/format.ts'
import { type MessageKey, t } from '../../../i18n/index.ts'
import type { Pick } from '../../../picker/picks.ts'

export type HistoryLine = { id: number; what: string; facts: string; isUndone: boolean }

const WORDS: Record<Batch['kind'], MessageKey> = {
  assign: 'history.kind.assign',
  unassign: 'history.kind.unassign',
  private: 'history.kind.private',
  ignore: 'history.kind.ignore',
  delete: 'history.kind.delete',
  restore: 'history.kind.restore',
  edit: 'history.kind.edit',
  split: 'history.kind.split',
  merge: 'history.kind.merge',
  entry: 'history.kind.entry',
  rule: 'history.kind.rule',
}

/** An action in words: `0:58 zugeordnet zu Rathaus · Brandschutz`, then how many events, whose, when. */
export function historyLine(
  { id, kind, at, rows, projectId, milestoneId, undoneAt, about }: Batch,
  names: { target: (pick: Pick) => string; person: (handle: string) => string | null; today: Day },
): HistoryLine {
  const time = about ? duration(about.ms) : ''
  const target = projectId === null ? '' : names.target({ projectId, milestoneId })
  const isTo = kind === 'entry' && target !== ''
  const what = t(isTo ? 'history.kind.entryTo' : WORDS[kind], { time, target }).trim()
  const done = at.slice(0, 10)
  const events = t('day.events', {}, rows)
  const facts = [
    about ? t('history.of', { events, day: shortDay(about.day, names.today) }) : events,
    about?.user ? names.person(about.user) : null,
    done === names.today ? clock(at) : `${shortDay(done, names.today)}, ${clock(at)}`,
  ]
  return { id, what, facts: facts.filter(Boolean).join(' · '), isUndone: undoneAt !== null }
}
