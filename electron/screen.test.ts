import { expect, test } from 'vitest'
import { createScreen } from './screen.ts'

const MINUTE = 60_000

function kiosk({ darkAfterMs = 15 * MINUTE, answers = true } = {}) {
  let now = 0
  let mayDarken = true
  const done: string[] = []
  const screen = createScreen({
    darkAfterMs,
    clock: () => now,
    mayDarken: () => mayDarken,
    tellPage(dark) {
      done.push(dark ? 'cover' : 'uncover')
      if (answers) screen.darkened(dark)
    },
    power: (on) => done.push(on ? 'on' : 'off'),
  })
  const wait = (ms: number) => {
    const until = now + ms
    for (; now < until; now += 5000) screen.tick()
  }
  return { screen, done, wait, forbid: () => (mayDarken = false) }
}

test('the page is covered before the display goes off', () => {
  const { done, wait } = kiosk()
  wait(15 * MINUTE)
  expect(done).toEqual([])
  wait(MINUTE)
  expect(done).toEqual(['cover', 'off'])
})

test('a touch lights it, and the time begins anew', () => {
  const { screen, done, wait } = kiosk()
  wait(16 * MINUTE)
  screen.touched({ woke: true })
  expect(done).toEqual(['cover', 'off', 'on', 'uncover'])
  wait(14 * MINUTE)
  expect(done).toHaveLength(4)
  expect(screen.quietForMs()).toBe(14 * MINUTE)
})

test('a page that does not answer could not swallow the touch: the display stays on', () => {
  const { done, wait } = kiosk({ answers: false })
  wait(17 * MINUTE)
  expect(done).not.toContain('off')
  expect(done).toContain('uncover')
})

test('a touch while the cover goes up wins over the answer that follows it', () => {
  const { screen, done, wait } = kiosk({ answers: false })
  wait(15 * MINUTE + 5000)
  screen.touched({ woke: true })
  screen.darkened(true)
  expect(done).toEqual(['cover', 'uncover'])
})

test('a new page and a problem light the screen; a problem keeps it lit', () => {
  const { screen, done, wait, forbid } = kiosk()
  wait(16 * MINUTE)
  screen.pageLoaded()
  expect(done).toEqual(['cover', 'off', 'on', 'uncover'])
  wait(MINUTE)
  expect(done.slice(4)).toEqual(['cover', 'off'])
  forbid()
  wait(30 * MINUTE)
  expect(done.slice(6)).toEqual(['on', 'uncover'])
})

test('0 means never', () => {
  const { done, wait } = kiosk({ darkAfterMs: 0 })
  wait(60 * MINUTE)
  expect(done).toEqual([])
})
