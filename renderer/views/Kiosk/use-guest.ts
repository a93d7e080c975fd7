import { ref, shallowRef } from 'vue'
import type { AttendanceNow, PunchKind } from '../../../contract/attendance.ts'
import type { Answer } from '../../../contract/calls.ts'
import type { Me } from '../../../contract/logins.ts'
import type { Project } from '../../../contract/projects.ts'
import { asApiError, ask } from '../../api.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { newKey } from '../../new-key.ts'
import type { Pick } from '../../picker/picks.ts'
import type { Outcome } from './journal.ts'
import { type Sound, play } from './sounds.ts'
import type { Journal } from './use-journal.ts'

/** How long the hub may take before it is said that the punch is kept here. */
const PATIENCE = 2_000

export type Press = {
  kind: PunchKind
  at: string
  key: string
  /** `saved`: kept here, and sent as soon as the hub answers */
  state: 'sending' | 'saved' | 'stored' | 'refused'
  /** id at the hub, by which it can be taken back */
  id: number | null
  message: string | null
}

const SOUND = { in: 'in', break_end: 'in', out: 'out', break_start: 'out' } as const satisfies Record<
  PunchKind,
  Sound
>

type User = NonNullable<Me['user']>
type Needs = { user: User; ticket: string; journal: Journal; gone: () => void }

/**
 * Whoever is logged in, and all that is known of them: it goes when they go, and what is answered afterwards goes
 * nowhere.
 */
export function createGuest({ user, ticket, journal, gone }: Needs) {
  const now = shallowRef<AttendanceNow | null>(null)
  const projects = shallowRef<Project[]>([])
  const review = shallowRef<Answer<'kiosk.review'> | null>(null)
  const press = shallowRef<Press | null>(null)
  /** the one sentence that is shown when the hub said no */
  const problem = ref<string | null>(null)
  const isReady = ref(false)

  /** @returns whether it worked; where it did not, why is in `problem` */
  async function tried(work: () => Promise<unknown>): Promise<boolean> {
    problem.value = null
    try {
      await work()
      return true
    } catch (error) {
      if (asApiError(error).status === 401) gone()
      problem.value = reasonOf(error)
      return false
    }
  }

  const loadNow = () => tried(async () => (now.value = await ask('attendance.now')))
  const loadProjects = () =>
    tried(async () => (projects.value = (await ask('projects.list', { archived: 'true' })).items))

  async function load() {
    await Promise.all([loadNow(), loadProjects()])
    isReady.value = true
  }

  function punch(kind: PunchKind, at: string): void {
    const key = newKey()
    press.value = { kind, at, key, state: 'sending', id: null, message: null }
    const slow = setTimeout(() => settle(key, { state: 'saved' }), PATIENCE)
    const { handle, name } = user
    void journal.press({ key, kind, at, ticket, handle, name }).then((outcome) => {
      clearTimeout(slow)
      settle(key, resultOf(outcome))
      if (outcome.is === 'stored') void followUp(kind)
    })
  }

  function settle(key: string, result: Partial<Press>) {
    const pressed = press.value
    if (pressed?.key !== key) return
    press.value = { ...pressed, ...result }
    if (result.state === 'refused') play('error')
    else if (pressed.state === 'sending') play(SOUND[pressed.kind])
  }

  async function followUp(kind: PunchKind) {
    await Promise.all([loadNow(), kind === 'out' ? loadReview(false) : undefined])
  }

  const loadReview = (titles: boolean) =>
    tried(async () => (review.value = await ask('kiosk.review', { titles: titles ? 'true' : 'false' })))

  async function undo(): Promise<boolean> {
    const id = press.value?.id
    if (id === null || id === undefined) return false
    const isUndone = await tried(() => ask('punches.undo', { id: String(id) }))
    if (!isUndone) return false
    press.value = null
    review.value = null
    await loadNow()
    return true
  }

  const work = (target: Pick | null) =>
    tried(async () => (now.value = await ask('work.switch', { key: newKey(), target })))

  const explain = (eventIds: number[], target: Pick) =>
    tried(() => ask('assignments.set', { eventIds, target, onlyUnassigned: true }))

  const hide = (eventIds: number[]) => tried(() => ask('events.change', { eventIds, set: { private: true } }))

  /** The end of a shift that nobody clocked out of. */
  const endShift = (at: string, reason: string) =>
    tried(() => ask('corrections.create', { key: newKey(), reason, adds: [{ kind: 'out', at }] }))

  const calm = () => (problem.value = null)

  /** What becomes of the punch is no longer seen, or heard. */
  const dismiss = () => (press.value = null)

  const week = (from: string, to: string) => ask('attendance.days', { from, to })

  return {
    user,
    ticket,
    now,
    projects,
    review,
    press,
    problem,
    isReady,
    load,
    punch,
    undo,
    work,
    loadReview,
    explain,
    hide,
    endShift,
    week,
    calm,
    dismiss,
  }
}

const resultOf = (outcome: Outcome): Partial<Press> =>
  outcome.is === 'stored'
    ? { state: 'stored', id: outcome.punch.id, at: outcome.punch.at }
    : { state: 'refused', message: outcome.message }

export type Guest = ReturnType<typeof createGuest>
