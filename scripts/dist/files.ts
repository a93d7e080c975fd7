import { readdirSync } from 'node:fs'

/** The module's JavaScript and its library for the Pi; its sources and the seven other libraries stay out. */
const SQLITE = [
  'package.json',
  'LICENSE',
  ...['binding', 'database', 'index', 'sqlite-error', 'util'].map((name) => `lib/${name}.js`),
  ...[
    'aggregate',
    'backup',
    'explain',
    'function',
    'inspect',
    'pragma',
    'serialize',
    'table',
    'transaction',
    'wrappers',
  ].map((name) => `lib/methods/${name}.js`),
  'prebuilds/linux-arm64.node',
]
export const SQLITE_FOLDER = 'node_modules/better-sqlite3'
export const NATIVE = `${SQLITE_FOLDER}/prebuilds/linux-arm64.node`

/** All files below a folder, relative to it; links count as files. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .sort()
}

/** What has been built of the app, relative to dist/. */
export function listBuilt(dist: string): string[] {
  return ['electron', 'server', 'renderer'].flatMap((part) =>
    listFiles(`${dist}/${part}`).map((file) => `${part}/${file}`),
  )
}

/** What has to be in app.asar for what lies in dist/: all of the app, and of the module what it runs. */
export function expectedInAsar(built: readonly string[]): string[] {
  // Vite's manifest is for `npm run size`.
  const app = built.filter((file) => !file.startsWith('renderer/.vite/'))
  return ['package.json', ...app, ...SQLITE.map((file) => `${SQLITE_FOLDER}/${file}`)].sort()
}

const ELECTRON_PROGRAMS = ['timetrack', 'chrome-sandbox', 'chrome_crashpad_handler']
const LOCALES = ['locales/de.pak', 'locales/en-US.pak']
const RESOURCES = [
  'resources/app.asar',
  `resources/app.asar.unpacked/${NATIVE}`,
  'resources/labwc-autostart',
  'resources/timetrack.service',
]
const NEEDED_OF_ELECTRON = [
  'icudtl.dat',
  'resources.pak',
  'v8_context_snapshot.bin',
  'LICENSES.chromium.html',
]
/** What else Electron's releases have at the top; the libraries change between them. */
const OF_ELECTRON = /^[^/]+\.(?:pak|bin|dat|so|so\.\d+|txt|html)$|^vk_swiftshader_icd\.json$/

export interface Difference {
  missing: string[]
  extra: string[]
}

export function compareLists(expected: readonly string[], found: readonly string[]): Difference {
  const [wanted, there] = [new Set(expected), new Set(found)]
  return {
    missing: expected.filter((file) => !there.has(file)),
    extra: found.filter((file) => !wanted.has(file)),
  }
}

/** The program's folder: ours to the file, Electron's by kind. */
export function compareProgram(found: readonly string[]): Difference {
  const { missing, extra } = compareLists(
    [...ELECTRON_PROGRAMS, ...LOCALES, ...RESOURCES, ...NEEDED_OF_ELECTRON],
    found,
  )
  return { missing, extra: extra.filter((file) => !OF_ELECTRON.test(file)) }
}

export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
const icon = (size: number) => `usr/share/icons/hicolor/${size}x${size}/apps/timetrack.png`

/** What packages add around the program's folder. */
export const AROUND_APPIMAGE = [
  'AppRun',
  '.DirIcon',
  'timetrack.desktop',
  'timetrack.png',
  ...ICON_SIZES.map(icon),
]
export const AROUND_DEB = [
  'usr/bin/timetrack',
  'usr/share/applications/timetrack.desktop',
  'usr/share/doc/timetrack/copyright',
  ...ICON_SIZES.map(icon),
]
export const DEB_FOLDER = 'opt/TimeTrack'

export function describe({ missing, extra }: Difference): string[] {
  return [...missing.map((file) => `missing: ${file}`), ...extra.map((file) => `extra: ${file}`)]
}
