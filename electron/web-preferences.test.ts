import { expect, test } from 'vitest'
import { assertSafe, webPreferences } from './web-preferences.ts'
import { windowOptions } from './window.ts'

test('what we ask for is safe, at the kiosk and on a desktop', () => {
  for (const windowed of [false, true]) {
    expect(() => assertSafe(windowOptions('/preload.cjs', windowed).webPreferences ?? null)).not.toThrow()
  }
  expect(webPreferences('/preload.cjs', true).devTools).toBe(false)
})

test.each([
  { sandbox: false },
  { sandbox: undefined },
  { contextIsolation: false },
  { nodeIntegration: true },
  { nodeIntegrationInWorker: true },
  { nodeIntegrationInSubFrames: true },
  { webSecurity: false },
  { allowRunningInsecureContent: true },
  { experimentalFeatures: true },
  { webviewTag: true },
  { enableBlinkFeatures: 'SharedStorageAPI' },
  { additionalArguments: ['--secret'] },
])('a window with %o is refused', (change) => {
  expect(() => assertSafe({ ...webPreferences('/preload.cjs', true), ...(change as object) })).toThrow(
    /not safe/,
  )
})

test('a window that says nothing is refused', () => {
  expect(() => assertSafe(null)).toThrow()
})
