import { expect, test } from 'vitest'
import { compareLists, compareProgram, describe, expectedInAsar, NATIVE } from './files.ts'

const program = [
  'LICENSE.electron.txt',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  'chrome_100_percent.pak',
  'chrome_crashpad_handler',
  'icudtl.dat',
  'libffmpeg.so',
  'libvulkan.so.1',
  'locales/de.pak',
  'locales/en-US.pak',
  'resources.pak',
  'resources/app.asar',
  `resources/app.asar.unpacked/${NATIVE}`,
  'resources/labwc-autostart',
  'resources/timetrack.service',
  'timetrack',
  'v8_context_snapshot.bin',
]

test('the app is what was built, and of SQLite’s module what runs on the Pi', () => {
  const files = expectedInAsar(['electron/main.js', 'renderer/.vite/manifest.json', 'server/main.js'])
  expect(files).toContain('electron/main.js')
  expect(files).toContain('package.json')
  expect(files.filter((file) => file.endsWith('.node'))).toEqual([NATIVE])
  expect(files.filter((file) => /\.vite|\.cpp|\.gyp|\.c$|\.ts$|\.map$|x64|darwin|win32/.test(file))).toEqual(
    [],
  )
})

test('Electron’s own libraries may come and go, ours are exact', () => {
  expect(compareProgram(program)).toEqual({ missing: [], extra: [] })
  expect(compareProgram([...program, 'libGLESv2.so', 'snapshot_blob.bin'])).toEqual({
    missing: [],
    extra: [],
  })
})

test.each([
  'resources/default_app.asar',
  'locales/fr.pak',
  'resources/app-update.yml',
  'version',
  'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-x64.node',
])('%s does not belong into the program', (file) => {
  expect(compareProgram([...program, file]).extra).toEqual([file])
})

test('what is missing is named', () => {
  const without = program.filter((file) => file !== 'timetrack' && file !== 'locales/de.pak')
  expect(describe(compareProgram(without))).toEqual(['missing: timetrack', 'missing: locales/de.pak'])
  expect(describe(compareLists(['a'], ['b']))).toEqual(['missing: a', 'extra: b'])
})
