import { computed, ref, shallowRef } from 'vue'
import type { PunchKind } from '../../../contract/attendance.ts'
import type { Request } from '../../../contract/calls.ts'
import { asApiError, ask } from '../../api.ts'
import { type Locale, isLocale, shownLocale, showLocale } from '../../i18n/index.ts'
import { type Waiting, dequeued, queued } from './badge.ts'
import { type Happening, IDLE, type Screen, isLoggedOut, next } from './machine.ts'
import { play } from './sounds.ts'
import { type Guest, createGuest } from './use-guest.ts'
import type { Journal } from './use-journal.ts'

/** Why nobody was let in. `until`: the wall time at which the next try is possible. */
export type Denied =
  { is: 'wrong' | 'badge' | 'starting' | 'unpaired' } | { is: 'locked'; until: string | null }

/** How long a sentence stays on the idle screen. */
const READING = 8_000

/**
 * Who stands before the kiosk and what they see.
 * @param stamp now, as the hub's clock shows it
 */
export function useKiosk(journal: Journal, stamp: () => string | null) {
  const screen = shallowRef<Screen>(IDLE)
  const guest = shallowRef<Guest | null>(null)
  const denied = shallowRef<Denied | null>(null)
  const isUnlocking = ref(false)
  const badges = shallowRef<Waiting[]>([])
  /** the language of the screen, while somebody who is logged in sees theirs */
  let own: Locale | null = null
  /** The log-in before is ended before the next begins: both are one cookie. A page that is loaded again ends what it finds. */
  let ending: Promise<unknown> = ask('me.get')
    .then(({ user, at }) => (user !== null && at === 'kiosk' ? ask('login.end') : undefined))
    .catch(() => undefined)

  function happen(event: Happening) {
    const from = screen.value
    const to = next(from, event)
    if (to === from) return
    screen.value = to
    denied.value = null
    if (isLoggedOut(to)) forget()
    if (to.at === 'idle') nextBadge()
  }

  /** Nothing of a person is left when they have gone. */
  function forget() {
    const gone = guest.value
    guest.value = null
    if (own !== null) void showLocale(own)
    own = null
    gone?.dismiss()
    if (gone !== null) end()
  }

  /** Where the hub does not hear it, the log-in ends by itself. */
  function end() {
    ending = ask('login.end').catch(() => undefined)
  }

  async function unlock(by: Request<'kiosk.unlock'>) {
    if (isUnlocking.value) return
    isUnlocking.value = true
    denied.value = null
    const before = screen.value
    try {
      await ending
      const { me, ticket } = await ask('kiosk.unlock', by)
      // They went back while the hub was thinking: what it opened is closed again.
      if (screen.value !== before || me.user === null) end()
      else welcome(createGuest({ user: me.user, ticket, journal, gone }))
    } catch (error) {
      deny(error, by)
    } finally {
      isUnlocking.value = false
    }
    if (screen.value.at === 'idle') nextBadge()
  }

  function welcome(one: Guest) {
    guest.value = one
    void one.load()
    const { locale } = one.user
    if (isLocale(locale) && locale !== shownLocale()) {
      own = shownLocale()
      void showLocale(locale)
    }
    happen({ is: 'unlocked', hasRefused: refusedFor(one).length > 0 })
  }

  function deny(error: unknown, by: Request<'kiosk.unlock'>) {
    const { status, fields } = asApiError(error)
    play('error')
    if (status === 429) denied.value = { is: 'locked', until: fields['until'] ?? null }
    else if (status === 403) denied.value = { is: 'unpaired' }
    else if (status === 0 || status >= 500) denied.value = { is: 'starting' }
    else denied.value = { is: by.badge === undefined ? 'wrong' : 'badge' }
    const mine = denied.value
    setTimeout(() => {
      if (denied.value === mine && screen.value.at === 'idle') denied.value = null
    }, READING)
  }

  /** A badge counts at once where nobody is logged in or has just finished; otherwise it waits until they have gone. */
  function readBadge(badge: string, at = performance.now()) {
    if (screen.value.at === 'done') happen({ is: 'left' })
    if (isUnlocking.value || !isLoggedOut(screen.value)) badges.value = queued(badges.value, { badge, at })
    else void unlock({ badge })
  }

  function nextBadge() {
    const { badge, rest } = dequeued(badges.value, performance.now())
    badges.value = rest
    if (badge !== null) void unlock({ badge })
  }

  const leave = () => happen({ is: 'left' })

  /** The hub does not know the log-in any more: of somebody else, or of nobody, nothing is asked. */
  function gone(this: void) {
    if (guest.value !== null) leave()
  }

  function punch(kind: PunchKind) {
    const at = stamp()
    const one = guest.value
    if (one === null || at === null || screen.value.at !== 'home') return
    const isAsked = kind === 'in' && Boolean(one.now.value?.forgotten)
    one.punch(kind, at)
    happen({ is: 'punched', kind, isAsked })
  }

  async function undo() {
    if (await guest.value?.undo()) happen({ is: 'undone' })
  }

  function confirm() {
    const one = guest.value
    const press = one?.press.value
    // Whoever has read that it was not accepted has been told.
    if (press?.state === 'refused') journal.forget([press.key])
    happen({ is: 'confirmed', hasOpen: hasOpen(one) })
  }

  function timeUp() {
    if (screen.value.at === 'done') happen({ is: 'confirmed', hasOpen: hasOpen(guest.value) })
    else if (isLoggedOut(screen.value)) happen({ is: 'back' })
    else leave()
  }

  /** Of this person; admins see everybody's, for who does not come any more. */
  const refusedFor = ({ user }: Guest) =>
    journal.refused.value.filter(({ handle }) => user.role === 'admin' || handle === user.handle)

  const refused = computed(() => (guest.value === null ? [] : refusedFor(guest.value)))

  /** Punches of this person that the hub does not have yet. */
  const unsent = computed(() =>
    journal.waiting.value.filter(({ handle }) => handle === guest.value?.user.handle).map(({ kind }) => kind),
  )

  function see() {
    journal.forget(refused.value.map(({ key }) => key))
    happen({ is: 'seen' })
  }

  return {
    screen,
    guest,
    denied,
    isUnlocking,
    badges,
    refused,
    unsent,
    happen,
    unlock,
    readBadge,
    leave,
    punch,
    undo,
    confirm,
    timeUp,
    see,
  }
}

const hasOpen = (guest: Guest | null): boolean => (guest?.review.value?.blocks.length ?? 0) > 0

export type Kiosk = ReturnType<typeof useKiosk>
