// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { swallowWhenDark } from './swallow.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  document.documentElement.querySelectorAll(':scope > div').forEach((cover) => cover.remove())
})

/** A finger from coming down to the click that the browser makes of it. */
const TAP = ['pointerdown', 'touchstart', 'pointerup', 'touchend', 'mousedown', 'mouseup', 'click']

function kiosk() {
  let now = 0
  const touches: boolean[] = []
  const { setDark } = swallowWhenDark(
    window,
    (woke) => touches.push(woke),
    () => now,
  )
  const seen: string[] = []
  const button = document.createElement('button')
  document.body.append(button)
  for (const type of [...TAP, 'keydown']) button.addEventListener(type, () => seen.push(type))
  const send = (type: string) => {
    const event = new Event(type, { bubbles: true, cancelable: true })
    button.dispatchEvent(event)
    return event
  }
  const pass = (ms: number) => {
    now += ms
    vi.advanceTimersByTime(ms)
  }
  const covers = () => [...document.documentElement.children].filter(({ tagName }) => tagName === 'DIV')
  return { setDark, seen, send, pass, touches, covers }
}

test('lit, a tap is the page’s and tells that somebody is there', () => {
  const { send, seen, touches } = kiosk()
  for (const type of TAP) expect(send(type).defaultPrevented).toBe(false)
  expect(seen).toEqual(TAP)
  expect(touches).toContain(false)
  expect(touches).not.toContain(true)
})

test('dark, the first tap wakes and nothing of it reaches the page', () => {
  const { setDark, send, seen, pass, touches, covers } = kiosk()
  setDark(true)
  expect(covers()).toHaveLength(1)
  send('pointerdown')
  expect(touches).toEqual([true])
  // The shell answers while the finger is still down.
  setDark(false)
  for (const type of TAP.slice(1)) send(type)
  expect(seen).toEqual([])
  expect(covers()).toHaveLength(1)
  pass(500)
  expect(covers()).toHaveLength(0)
  for (const type of TAP) send(type)
  expect(seen).toEqual(TAP)
  expect(touches.filter(Boolean)).toHaveLength(1)
})

test('a finger that rests on the screen is swallowed to its end', () => {
  const { setDark, send, seen, pass } = kiosk()
  setDark(true)
  send('pointerdown')
  setDark(false)
  pass(10_000)
  send('contextmenu')
  send('pointerup')
  send('click')
  expect(seen).toEqual([])
  // All tests share one window.
  pass(500)
})

test('the cover goes when main lights the screen without a touch', () => {
  const { setDark, send, seen, covers } = kiosk()
  setDark(true)
  setDark(false)
  expect(covers()).toHaveLength(0)
  send('click')
  expect(seen).toEqual(['click'])
})

test('a key or a badge lights the screen and counts', () => {
  const { setDark, send, seen, touches } = kiosk()
  setDark(true)
  send('keydown')
  expect(touches).toEqual([true])
  expect(seen).toEqual(['keydown'])
})
