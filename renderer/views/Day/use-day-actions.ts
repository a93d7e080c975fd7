import type { Event } from '../../../contract/events.ts'
import { ask } from '../../api.ts'
import { duration } from '../../i18n/format.ts'
import { type MessageKey, t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { complain, hush, say } from '../../notice.ts'
import type { Pick } from '../../picker/picks.ts'
import { useDay } from '../../stores/day.ts'
import { type Entry, useHistory } from '../../stores/history.ts'
import { usePicks } from '../../stores/picks.ts'
import { useProjects } from '../../stores/projects.ts'
import type { Block } from './blocks.ts'
import { lengthOf, union } from './intervals.ts'

/** What is said about the time beyond where it goes. */
export type Remarks = { activity: string | null; comment: string | null }
export type Flags = { private?: boolean; ignored?: boolean; deleted?: boolean }

const NO_REMARKS: Remarks = { activity: null, comment: null }

/** Everything a person can do with blocks of a day: at once on the page, in one line to be undone. */
export function useDayActions() {
  const day = useDay()
  const history = useHistory()
  const picks = usePicks()
  const projects = useProjects()

  const idsOf = (blocks: readonly Block[]) => blocks.flatMap((block) => block.events.map(({ id }) => id))
  const timeOf = (blocks: readonly Block[]) => duration(lengthOf(union(blocks.flatMap(({ spans }) => spans))))

  function nameOf(pick: Pick): string {
    const project = projects.byId.get(pick.projectId)?.name ?? t('day.unknownProject')
    const milestone = pick.milestoneId === null ? null : projects.milestones.get(pick.milestoneId)?.name
    return milestone ? `${project} · ${milestone}` : project
  }

  async function act(
    blocks: readonly Block[],
    text: string,
    apply: (event: Event) => Event,
    send: Parameters<typeof day.change>[2],
  ): Promise<boolean> {
    const ids = idsOf(blocks)
    if (ids.length === 0) return false
    hush()
    try {
      const done = await day.change(ids, apply, send)
      const entry = { done, text }
      if (done.batches.length > 0) history.add(entry)
      const left = done.unchanged > 0 ? ` · ${t('day.done.left', {}, done.unchanged)}` : ''
      say(text + left, done.batches.length > 0 ? () => void undo(entry) : null)
      return true
    } catch (error) {
      complain(t('day.failed', { reason: reasonOf(error) }))
      return false
    }
  }

  /** `onlyOpen`: leaves alone what somebody else explained in the meantime. */
  async function assign(
    blocks: readonly Block[],
    pick: Pick,
    remarks: Remarks = NO_REMARKS,
    onlyOpen = true,
  ): Promise<boolean> {
    const target = { projectId: pick.projectId, milestoneId: pick.milestoneId, ...remarks }
    const text = t('day.done.assign', { time: timeOf(blocks), target: nameOf(pick) })
    picks.used(pick)
    return act(
      blocks,
      text,
      (event) => ({ ...event, assignment: { id: event.assignment?.id ?? 0, ...target, by: 'manual' } }),
      (eventIds) => ask('assignments.set', { eventIds, target, onlyUnassigned: onlyOpen }),
    )
  }

  async function unassign(blocks: readonly Block[]): Promise<boolean> {
    return act(
      blocks,
      t('day.done.unassign', { time: timeOf(blocks) }),
      (event) => ({ ...event, assignment: null }),
      (eventIds) => ask('assignments.set', { eventIds, target: null }),
    )
  }

  const flagText = (set: Flags): MessageKey => {
    if (set.deleted) return 'day.done.delete'
    if (set.private !== undefined) return set.private ? 'day.done.private' : 'day.done.notPrivate'
    return set.ignored ? 'day.done.ignore' : 'day.done.notIgnored'
  }

  async function flag(blocks: readonly Block[], set: Flags): Promise<boolean> {
    return act(
      blocks,
      t(flagText(set), { time: timeOf(blocks) }),
      (event) => ({ ...event, ...set }),
      (eventIds) => ask('events.change', { eventIds, set }),
    )
  }

  async function undo(entry: Entry | null = history.latest): Promise<void> {
    if (entry === null) return
    history.drop(entry)
    try {
      await day.undo(entry.done)
      say(t('day.done.undo', { what: entry.text }))
    } catch (error) {
      history.add(entry)
      complain(t('day.failed', { reason: reasonOf(error) }))
    }
  }

  return { assign, unassign, flag, undo, nameOf }
}
