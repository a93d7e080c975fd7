// @vitest-environment node
import { expect, test } from 'vitest'
import { type Happening, IDLE, type Screen, UNDO, isLoggedOut, next, patience } from './machine.ts'

const anna = { handle: 'anna', name: 'Anna Kern', colour: 0, hasPin: true, since: null }
const after = (...events: Happening[]): Screen => events.reduce(next, IDLE)

const unlocked = { is: 'unlocked', hasRefused: false } as const
const chosen = { is: 'chosen', person: anna } as const
const out = { is: 'punched', kind: 'out', isAsked: false } as const

test('tile, PIN, home, punch, confirmation, review, idle', () => {
  expect(after(chosen)).toEqual({ at: 'pin', person: anna })
  expect(after(chosen, unlocked)).toEqual({ at: 'home' })
  expect(after(chosen, unlocked, out)).toEqual({ at: 'done', kind: 'out' })
  const open = { is: 'confirmed', hasOpen: true } as const
  expect(after(chosen, unlocked, out, open)).toEqual({ at: 'review' })
  expect(after(chosen, unlocked, out, open, { is: 'left' })).toEqual(IDLE)
})

test('a badge goes past the PIN', () => {
  expect(after(unlocked)).toEqual({ at: 'home' })
})

test('nothing left to explain, or only come in: no review', () => {
  expect(after(unlocked, out, { is: 'confirmed', hasOpen: false })).toEqual(IDLE)
  expect(
    after(unlocked, { is: 'punched', kind: 'in', isAsked: false }, { is: 'confirmed', hasOpen: true }),
  ).toEqual(IDLE)
})

test('a forgotten end is asked for after the punch and before its confirmation', () => {
  const came = { is: 'punched', kind: 'in', isAsked: true } as const
  expect(after(unlocked, came)).toEqual({ at: 'missing', kind: 'in' })
  expect(after(unlocked, came, { is: 'answered' })).toEqual({ at: 'done', kind: 'in' })
})

test('what was not accepted is shown first', () => {
  expect(after({ is: 'unlocked', hasRefused: true })).toEqual({ at: 'refused' })
  expect(after({ is: 'unlocked', hasRefused: true }, { is: 'seen' })).toEqual({ at: 'home' })
})

test('a punch that was taken back leads to where the right one is', () => {
  expect(after(unlocked, out, { is: 'undone' })).toEqual({ at: 'home' })
})

test('every screen has a way back, and every log-in ends', () => {
  for (const what of ['projects', 'week'] as const)
    expect(after(unlocked, { is: 'opened', what }, { is: 'back' })).toEqual({ at: 'home' })
  expect(after({ is: 'opened', what: 'menu' }, { is: 'back' })).toEqual(IDLE)
  expect(after(chosen, { is: 'back' })).toEqual(IDLE)
  for (const screen of [after(unlocked), after(unlocked, out), after({ is: 'unlocked', hasRefused: true })])
    expect(next(screen, { is: 'left' })).toEqual(IDLE)
})

test('what comes too late, or is not for this screen, changes nothing', () => {
  const home = after(unlocked)
  const late: Happening[] = [chosen, unlocked, { is: 'back' }, { is: 'undone' }, { is: 'seen' }]
  for (const event of late) expect(next(home, event)).toBe(home)
  const review = after(unlocked, out, { is: 'confirmed', hasOpen: true })
  expect(next(review, out)).toBe(review)
  expect(next(review, { is: 'opened', what: 'week' })).toBe(review)
  // Answers of the hub that arrive when everybody has gone.
  for (const event of [out, { is: 'answered' }, { is: 'confirmed', hasOpen: true }] as const)
    expect(next(IDLE, event)).toBe(IDLE)
  expect(next(IDLE, { is: 'opened', what: 'week' })).toBe(IDLE)
})

test('only the idle screen stays; a confirmation as long as it can be taken back', () => {
  expect(patience(IDLE)).toBeNull()
  expect(patience(after(unlocked))).toBe(30_000)
  expect(patience(after(chosen))).toBe(30_000)
  expect(patience(after(unlocked, out))).toBe(UNDO)
})

test('nobody is logged in on the idle screen, in its menu and at the PIN', () => {
  expect([IDLE, after({ is: 'opened', what: 'menu' }), after(chosen)].every(isLoggedOut)).toBe(true)
  expect([after(unlocked), after(unlocked, out)].some(isLoggedOut)).toBe(false)
})
