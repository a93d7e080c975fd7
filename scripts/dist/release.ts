import path from 'node:path'
import { getElectron } from './get-electron.ts'
import { appVersion, electronVersion, pack, root, verify } from './pack.ts'
import { inPath } from './run.ts'
import { SWITCH } from './stand-in.ts'
import { getTools } from './tools.ts'

/** `npm run dist`: the packages for a Pi, on a machine that can reach Electron's releases. */
const out = path.join(root, 'dist/release')
const log = (line: string) => console.log(`dist: ${line}`)

function giveUp(why: string): never {
  log(why)
  process.exit(1)
}

if (process.env[SWITCH]) giveUp(`${SWITCH} is set. A release is never made of a stand-in; unset it.`)
const missing = getTools(log)
for (const name of ['dpkg-deb', 'unsquashfs']) {
  if (!inPath(name)) giveUp(`Missing: ${missing.join(', ')}.`)
}

log(`Getting Electron ${electronVersion()} for arm64 ...`)
const electron = await getElectron(electronVersion())
if ('why' in electron) {
  giveUp(
    [
      `Electron ${electronVersion()} for linux-arm64 cannot be had here: ${electron.why}.`,
      'Nothing was packed. Three ways on:',
      "  - run this where Electron's releases can be reached, or set ELECTRON_MIRROR to a mirror of them;",
      `  - fetch electron-v${electronVersion()}-linux-arm64.zip elsewhere and name it: TIMETRACK_ELECTRON_ZIP=FILE npm run dist;`,
      '  - npm run dist:check packs with a stand-in and checks everything else.',
    ].join('\n'),
  )
}

const packed = await pack({ out, electron: electron.file, withAppImage: true, log })
if (!packed) {
  giveUp(
    "electron-builder failed, see above. If it could not download AppImage's runtime: unpack appimage@1.0.3 of electron-builder-binaries and name its folder in APPIMAGE_TOOLS_PATH.",
  )
}
const findings = await verify(packed, false, path.join(root, 'node_modules/.cache/timetrack/release-opened'))
console.log(`\n${findings.table()}\n`)
if (!findings.isFine) giveUp('There are misses: these packages are not fit for release.')
log(`TimeTrack ${appVersion()} is packed:`)
for (const file of [packed.appImage, packed.deb]) if (file) console.log(`  ${path.relative(root, file)}`)
