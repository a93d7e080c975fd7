import type { BatchResult, Event } from '../../../contract/events.ts'
import { ask } from '../../api.ts'
import { duration } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { complain, hush, say } from '../../notice.ts'
import type { Option } from '../../picker/options.ts'
import { useHistory } from '../../stores/history.ts'
import { usePicks } from '../../stores/picks.ts'
import { useUndo } from '../../stores/undo.ts'
import { type Line, idsOf } from './lines.ts'
import type { useSearch } from './use-search.ts'

type Remarks = { activity: string | null; comment: string | null }
type Flags = { private: boolean } | { ignored: boolean }

/** As many ids as the hub takes at once. */
const BATCH = 1000

/** What a person does with what was found: at once on the page, in one line to be undone. */
export function useSearchActions(search: ReturnType<typeof useSearch>) {
  const history = useHistory()
  const picks = usePicks()
  const undo = useUndo((entry, isAsBefore) => {
    if (isAsBefore) search.patch(entry.done.before)
    else void search.search()
  })

  const timeOf = (lines: readonly Line[]) => duration(lines.reduce((sum, { ms }) => sum + ms, 0))

  async function act(
    lines: readonly Line[],
    text: string,
    apply: (event: Event) => Event,
    send: (eventIds: number[]) => Promise<BatchResult>,
  ): Promise<void> {
    const before = new Map(lines.flatMap(({ events }) => events.map((event) => [event.id, event] as const)))
    const ids = idsOf(lines)
    if (ids.length === 0) return
    hush()
    search.patch(new Map([...before].map(([id, event]) => [id, apply(event)])))
    const batches: number[] = []
    let unchanged = 0
    try {
      for (let from = 0; from < ids.length; from += BATCH) {
        const result = await send(ids.slice(from, from + BATCH))
        if (result.batch !== null) batches.push(result.batch)
        unchanged += result.unchanged.length
      }
    } catch (error) {
      // All or nothing, as the person meant it.
      for (const id of batches.toReversed())
        await ask('batches.undo', { id: String(id) }).catch(() => undefined)
      search.patch(before)
      complain(t('day.failed', { reason: reasonOf(error) }))
      return
    }
    const entry = { done: { batches, changed: ids.length - unchanged, unchanged, before }, text }
    if (batches.length > 0) history.add(entry)
    const left = unchanged > 0 ? ` · ${t('day.done.left', {}, unchanged)}` : ''
    say(text + left, batches.length > 0 ? () => void undo(entry) : null)
    // Somebody else was faster with some of them: show theirs.
    if (unchanged > 0) void search.search()
  }

  /** Leaves alone what somebody explained in the meantime, unless what was explained is to be moved. */
  async function assign(lines: readonly Line[], option: Option, remarks: Remarks): Promise<void> {
    picks.used(option)
    const target = { projectId: option.projectId, milestoneId: option.milestoneId, ...remarks }
    const name = option.milestone === null ? option.project : `${option.project} · ${option.milestone}`
    const onlyUnassigned = lines.every(({ main }) => main.assignment === null)
    await act(
      lines,
      t('day.done.assign', { time: timeOf(lines), target: name }),
      (event) => ({ ...event, assignment: { id: event.assignment?.id ?? 0, ...target, by: 'manual' } }),
      (eventIds) => ask('assignments.set', { eventIds, target, onlyUnassigned }),
    )
  }

  async function flag(lines: readonly Line[], set: Flags): Promise<void> {
    const time = timeOf(lines)
    const text =
      'private' in set
        ? t(set.private ? 'day.done.private' : 'day.done.notPrivate', { time })
        : t(set.ignored ? 'day.done.ignore' : 'day.done.notIgnored', { time })
    await act(
      lines,
      text,
      (event) => ({ ...event, ...set }),
      (eventIds) => ask('events.change', { eventIds, set }),
    )
  }

  return { assign, flag, undo, timeOf }
}
