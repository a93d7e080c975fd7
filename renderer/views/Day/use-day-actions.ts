import { shallowRef } from 'vue'
import type { Event } from '../../../contract/events.ts'
import { asApiError, ask } from '../../api.ts'
import { duration } from '../../i18n/format.ts'
import { type MessageKey, t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { type More, complain, hush, say } from '../../notice.ts'
import { type Pick, pickKey } from '../../picker/picks.ts'
import { type Done, type Step, useDay } from '../../stores/day.ts'
import { type Entry, useHistory } from '../../stores/history.ts'
import { usePicks } from '../../stores/picks.ts'
import { useProjects } from '../../stores/projects.ts'
import { useSuggestions } from '../../stores/suggestions.ts'
import { type Block, idsOf, timeOf } from './blocks.ts'

/** What is said about the time beyond where it goes. */
export type Remarks = { activity: string | null; comment: string | null }
export type Flags = { private?: boolean; ignored?: boolean; deleted?: boolean }
export type Share = { blocks: readonly Block[]; pick: Pick }

/** Why it was refused; null when it was done. */
export type Refused = string | null
export type NewEntry = { key: string; start: string; end: string; title: string | null; ms: number }

const NO_REMARKS: Remarks = { activity: null, comment: null }

/**
 * Everything a person can do with blocks of a day: at once on the page, in one line to be undone. What somebody
 * else did in the meantime is left as it is, and said.
 */
export function useDayActions(suggest: () => Promise<void>) {
  const day = useDay()
  const history = useHistory()
  const picks = usePicks()
  const projects = useProjects()
  const suggestions = useSuggestions()
  /** why the last thing that was tried with a block was refused */
  const refused = shallowRef<ReadonlyMap<string, string>>(new Map())

  const spent = (blocks: readonly Block[]) => duration(timeOf(blocks))

  function nameOf(pick: Pick): string {
    const project = projects.byId.get(pick.projectId)?.name ?? t('day.unknownProject')
    const milestone = pick.milestoneId === null ? null : projects.milestones.get(pick.milestoneId)?.name
    return milestone ? `${project} · ${milestone}` : project
  }

  async function act(
    blocks: readonly Block[],
    text: string,
    run: () => Promise<Done>,
    more: More | null = null,
  ): Promise<Refused> {
    hush()
    const ids = new Set(blocks.map(({ id }) => id))
    refused.value = new Map([...refused.value].filter(([id]) => !ids.has(id)))
    const running = run()
    suggestions.expect(running.then(suggest))
    try {
      const done = await running
      const entry = { done, text }
      if (done.batches.length > 0) history.add(entry)
      const left = done.unchanged > 0 ? ` · ${t('day.done.left', {}, done.unchanged)}` : ''
      say(text + left, done.batches.length > 0 ? () => void undo(entry) : null, more)
      return null
    } catch (error) {
      const reason = t('day.failed', { reason: reasonOf(error) })
      refused.value = new Map([...refused.value, ...[...ids].map((id) => [id, reason] as const)])
      complain(reason)
      return reason
    }
  }

  async function change(
    blocks: readonly Block[],
    text: string,
    steps: Step[],
    more: More | null = null,
  ): Promise<Refused> {
    const filled = steps.filter(({ ids }) => ids.length > 0)
    return filled.length > 0 ? act(blocks, text, () => day.change(...filled), more) : null
  }

  /** Blocks by where their time is now: what was moved elsewhere in the meantime stays there. */
  function bySource(blocks: readonly Block[]): [Pick | null, Block[]][] {
    const groups = Map.groupBy(blocks, ({ assignment }) => (assignment ? pickKey(assignment) : ''))
    return [...groups.values()].map((some) => [some[0]?.assignment ?? null, some])
  }

  const placeOf = ({ projectId, milestoneId }: Pick): Pick => ({ projectId, milestoneId })

  function assigning(blocks: readonly Block[], pick: Pick, remarks: Remarks): Step[] {
    const target = { ...placeOf(pick), ...remarks }
    return bySource(blocks).map(([from, some]) => ({
      ids: idsOf(some),
      apply: (event) => ({
        ...event,
        assignment: { id: event.assignment?.id ?? 0, ...target, by: 'manual' },
      }),
      send: (eventIds) =>
        ask('assignments.set', {
          eventIds,
          target,
          ...(from ? { onlyFrom: placeOf(from) } : { onlyUnassigned: true }),
        }),
    }))
  }

  /** `more`: what can be done in the same go afterwards. */
  function assign(
    blocks: readonly Block[],
    pick: Pick,
    remarks = NO_REMARKS,
    more: More | null = null,
  ): Promise<Refused> {
    picks.used(pick)
    const text = t('day.done.assign', { time: spent(blocks), target: nameOf(pick) })
    return change(blocks, text, assigning(blocks, pick, remarks), more)
  }

  /** Several blocks, each to a target of its own, as one action. */
  function distribute(shares: readonly Share[]): Promise<Refused> {
    const blocks = shares.flatMap((share) => share.blocks)
    for (const { pick } of shares) picks.used(pick)
    const text = t('day.done.distribute', { time: spent(blocks) }, shares.length)
    const steps = shares.flatMap((share) => assigning(share.blocks, share.pick, NO_REMARKS))
    return change(blocks, text, steps)
  }

  function unassign(blocks: readonly Block[]): Promise<Refused> {
    const steps = bySource(blocks).map(([from, some]): Step => ({
      ids: idsOf(some),
      apply: (event) => ({ ...event, assignment: null }),
      send: (eventIds) =>
        ask('assignments.set', { eventIds, target: null, ...(from ? { onlyFrom: placeOf(from) } : {}) }),
    }))
    return change(blocks, t('day.done.unassign', { time: spent(blocks) }), steps)
  }

  function comment(blocks: readonly Block[], comment: string | null): Promise<Refused> {
    const steps = bySource(blocks).flatMap(([from, some]): Step[] => {
      if (from === null) return []
      const place = placeOf(from)
      const said = (event: Event) =>
        event.assignment && { ...event.assignment, comment, by: 'manual' as const }
      return [
        {
          ids: idsOf(some),
          apply: (event) => ({ ...event, assignment: said(event) }),
          send: (eventIds) =>
            ask('assignments.set', { eventIds, target: { ...place, comment }, onlyFrom: place }),
        },
      ]
    })
    return change(blocks, t(comment === null ? 'day.done.noComment' : 'day.done.comment'), steps)
  }

  const flagText = (set: Flags): MessageKey => {
    if (set.deleted) return 'day.done.delete'
    if (set.private !== undefined) return set.private ? 'day.done.private' : 'day.done.notPrivate'
    return set.ignored ? 'day.done.ignore' : 'day.done.notIgnored'
  }

  function flag(blocks: readonly Block[], set: Flags): Promise<Refused> {
    const step: Step = {
      ids: idsOf(blocks),
      apply: (event) => ({ ...event, ...set }),
      send: (eventIds) => ask('events.change', { eventIds, set }),
    }
    return change(blocks, t(flagText(set), { time: spent(blocks) }), [step])
  }

  function split(block: Block, at: string, parts: [number, number]): Promise<Refused> {
    const [before, after] = parts.map(duration)
    const text = t('day.done.split', { before: before ?? '', after: after ?? '' })
    const eventIds = idsOf([block])
    return act([block], text, () => day.reshape(() => ask('sessions.split', { eventIds, at })))
  }

  function merge(blocks: readonly Block[]): Promise<Refused> {
    const text = t('day.done.merge', { time: spent(blocks) }, blocks.length)
    return act(blocks, text, () => day.reshape(() => ask('sessions.merge', { eventIds: idsOf(blocks) })))
  }

  /** Something that nothing recorded, with where it goes if that is known. */
  async function enter(entry: NewEntry, pick: Pick | null, remarks: Remarks): Promise<Refused> {
    const { ms, ...sent } = entry
    const target = pick && { ...placeOf(pick), ...remarks }
    if (pick) picks.used(pick)
    const text = pick
      ? t('day.done.assign', { time: duration(ms), target: nameOf(pick) })
      : t('day.done.enter', { time: duration(ms) })
    const user = day.user ?? ''
    return act([], text, () => day.reshape(() => ask('entries.create', { ...sent, user, target })))
  }

  async function undo(entry: Entry | null = history.latest): Promise<void> {
    if (entry === null) return
    history.drop(entry)
    const running = day.undo(entry.done)
    suggestions.expect(running.then(suggest))
    try {
      const kept = await running
      const left = kept > 0 ? ` · ${t('day.undo.left', {}, kept)}` : ''
      say(t('day.done.undo', { what: entry.text }) + left)
    } catch (error) {
      // Somebody else took it back: there is nothing left to be tried again.
      if (asApiError(error).code === 'conflict') return complain(t('day.undo.already'))
      history.add(entry)
      complain(t('day.failed', { reason: reasonOf(error) }))
    }
  }

  return { refused, assign, distribute, unassign, comment, flag, split, merge, enter, undo, nameOf }
}
