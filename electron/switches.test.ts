import { expect, test } from 'vitest'
import { MEMORY } from '../server/host/memory-limits.ts'
import { switchesFor } from './switches.ts'

const wishes = { kiosk: true, rendererHeap: MEMORY.heaps.renderer, env: {}, hasPlatform: false }
const lines = (changes: Partial<Parameters<typeof switchesFor>[0]> = {}) =>
  switchesFor({ ...wishes, ...changes }).map(({ name, value }) =>
    value === undefined ? name : `${name}=${value}`,
  )

test('pages get a heap limit, both parts of it, and no gestures that lead away', () => {
  expect(lines()).toEqual([
    'js-flags=--max-old-space-size=256 --max-semi-space-size=8',
    'overscroll-history-navigation=0',
    'disable-pinch',
  ])
  expect(lines({ kiosk: false })).not.toContain('disable-pinch')
})

test('Wayland is named where there is one and nobody has chosen', () => {
  const env = { WAYLAND_DISPLAY: 'wayland-0' }
  expect(lines({ env })).toContain('ozone-platform=wayland')
  expect(lines({ env, hasPlatform: true })).not.toContain('ozone-platform=wayland')
})

test('the sandbox is never switched off', () => {
  expect(lines({ env: { WAYLAND_DISPLAY: 'wayland-0' } }).join()).not.toContain('sandbox')
})
