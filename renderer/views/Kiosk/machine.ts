import type { PunchKind } from '../../../contract/attendance.ts'

/** Whoever was touched on the idle screen. */
export type Chosen = { handle: string; name: string; colour: number; hasPin: boolean; since: string | null }

/** What the kiosk shows; on all but the first three somebody is logged in. */
export type Screen =
  | { at: 'idle' }
  | { at: 'menu' }
  | { at: 'pin'; person: Chosen }
  | { at: 'refused' }
  | { at: 'home' }
  | { at: 'projects' }
  | { at: 'week' }
  | { at: 'missing'; kind: PunchKind }
  | { at: 'done'; kind: PunchKind }
  | { at: 'review' }

export type Happening =
  | { is: 'chosen'; person: Chosen }
  | { is: 'opened'; what: 'menu' | 'projects' | 'week' }
  | { is: 'back' }
  /** `hasRefused`: punches were not accepted that this person has to know of */
  | { is: 'unlocked'; hasRefused: boolean }
  | { is: 'seen' }
  /** `isAsked`: an earlier shift has no end yet */
  | { is: 'punched'; kind: PunchKind; isAsked: boolean }
  | { is: 'answered' }
  | { is: 'undone' }
  /** Of a confirmation: by touch or by time. `hasOpen`: there is time left to explain. */
  | { is: 'confirmed'; hasOpen: boolean }
  /** Logged out, by touch or by time; or the hub ended the log-in, or the screen went dark. */
  | { is: 'left' }

export const IDLE: Screen = { at: 'idle' }
const HOME: Screen = { at: 'home' }

export const isLoggedOut = ({ at }: Screen): boolean => at === 'idle' || at === 'menu' || at === 'pin'

type Of<K extends Happening['is']> = Extract<Happening, { is: K }>

/** By what happens; each leaves a screen on which it cannot happen as it is. */
const moves: { [K in Happening['is']]: (screen: Screen, event: Of<K>) => Screen } = {
  chosen: (screen, { person }) => (screen.at === 'idle' ? { at: 'pin', person } : screen),
  opened: (screen, { what }) => (screen.at === (what === 'menu' ? 'idle' : 'home') ? { at: what } : screen),
  back,
  unlocked: (screen, { hasRefused }) =>
    isLoggedOut(screen) ? (hasRefused ? { at: 'refused' } : HOME) : screen,
  seen: (screen) => (screen.at === 'refused' ? HOME : screen),
  punched: (screen, { kind, isAsked }) =>
    screen.at === 'home' ? { at: isAsked ? 'missing' : 'done', kind } : screen,
  answered: (screen) => (screen.at === 'missing' ? { at: 'done', kind: screen.kind } : screen),
  undone: (screen) => (screen.at === 'done' ? HOME : screen),
  confirmed: (screen, { hasOpen }) => (screen.at === 'done' ? afterPunch(screen.kind, hasOpen) : screen),
  left: () => IDLE,
}

/** The next screen; a touch or an answer that comes too late changes nothing. */
export function next<K extends Happening['is']>(screen: Screen, event: Of<K>): Screen {
  const move = moves[event.is]
  return move(screen, event)
}

function back(screen: Screen): Screen {
  if (isLoggedOut(screen)) return IDLE
  return screen.at === 'projects' || screen.at === 'week' ? HOME : screen
}

const afterPunch = (kind: PunchKind, hasOpen: boolean): Screen =>
  kind === 'out' && hasOpen ? { at: 'review' } : IDLE

const ORDINARY = 30_000
/** As long as a punch can be taken back. */
export const UNDO = 10_000

/** How long a screen stays without a touch; null: for ever. */
export function patience({ at }: Screen): number | null {
  if (at === 'idle') return null
  return at === 'done' ? UNDO : ORDINARY
}
