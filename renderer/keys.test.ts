import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineComponent } from 'vue'
import { useKeys } from './keys.ts'

let pressed: string[]
let page: ReturnType<typeof mount>

beforeEach(() => {
  pressed = []
  const Page = defineComponent({
    setup: () =>
      useKeys({ x: () => pressed.push('x'), '[': () => pressed.push('['), Enter: () => pressed.push('↵') }),
    template: '<div><input /><button>b</button><p>p</p></div>',
  })
  page = mount(Page, { attachTo: document.body })
})
afterEach(() => page.unmount())

function press(key: string, more: KeyboardEventInit & { on?: string } = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  document.querySelector(more.on ?? 'p')?.dispatchEvent(event)
  return event.defaultPrevented
}

test('a key does what it is for, in capitals too, and nothing else', () => {
  expect([press('x'), press('X'), press('y')]).toEqual([true, true, false])
  expect(pressed).toEqual(['x', 'x'])
})

test('with Ctrl it belongs to the browser, behind AltGr it is a character', () => {
  press('x', { ctrlKey: true })
  expect(pressed).toEqual([])
  press('[', { ctrlKey: true, altKey: true, modifierAltGraph: true })
  expect(pressed).toEqual(['['])
})

test('while somebody types, or in a dialog, keys are text', () => {
  press('x', { on: 'input' })
  const dialog = document.body.appendChild(document.createElement('dialog'))
  dialog.setAttribute('open', '')
  press('x')
  dialog.remove()
  expect(pressed).toEqual([])
})

test('enter on a button is the button’s', () => {
  press('Enter', { on: 'button' })
  expect(pressed).toEqual([])
  press('Enter')
  expect(pressed).toEqual(['↵'])
})

test('a page that was left hears nothing', () => {
  page.unmount()
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'x' }))
  expect(pressed).toEqual([])
})
