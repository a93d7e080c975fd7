import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DEB_FOLDER, ICON_SIZES, listFiles } from './files.ts'
import { run } from './run.ts'

/** Electron's libraries; the second names are those since Debian 13, whose time_t has 64 bits everywhere. */
const DEPENDS = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libgbm1',
  'libdrm2',
  'libasound2 | libasound2t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libxtst6',
]
/** Darkens the screen. */
const RECOMMENDS = ['wlopm']

export interface DebOptions {
  /** The packed program: linux-arm64-unpacked. */
  program: string
  /** build/ of the repository. */
  resources: string
  version: string
  description: string
  work: string
  out: string
}

export function control(version: string, description: string, kilobytes: number): string {
  return [
    'Package: timetrack',
    `Version: ${version.replace('-', '~')}`,
    'Architecture: arm64',
    'Maintainer: TimeTrack <timetrack@localhost>',
    `Installed-Size: ${kilobytes}`,
    `Depends: ${DEPENDS.join(', ')}`,
    `Recommends: ${RECOMMENDS.join(', ')}`,
    'Section: misc',
    'Priority: optional',
    'Description: TimeTrack kiosk and hub',
    ` ${description}`,
    ' .',
    ' After installing, as the user whose desktop shows the kiosk: timetrack --install',
    '',
  ].join('\n')
}

/**
 * Puts the packed program into a package for Debian, with Debian's own tool: electron-builder's way needs fpm,
 * which it downloads. There are no scripts to run as root; Debian's triggers know desktop entries and icons.
 */
export function makeDeb({ program, resources, version, description, work, out }: DebOptions): string {
  rmSync(work, { recursive: true, force: true })
  const folder = path.join(work, DEB_FOLDER)
  const put = (from: string, to: string) => {
    mkdirSync(path.dirname(path.join(work, to)), { recursive: true })
    copyFileSync(from, path.join(work, to))
    chmodSync(path.join(work, to), 0o644)
  }
  mkdirSync(path.dirname(folder), { recursive: true })
  cpSync(program, folder, { recursive: true, verbatimSymlinks: true })
  // For kernels that keep user namespaces to root; Chromium prefers those where they are open to everybody.
  chmodSync(path.join(folder, 'chrome-sandbox'), 0o4755)
  mkdirSync(path.join(work, 'usr/bin'), { recursive: true })
  symlinkSync(`/${DEB_FOLDER}/timetrack`, path.join(work, 'usr/bin/timetrack'))
  put(path.join(resources, 'timetrack.desktop'), 'usr/share/applications/timetrack.desktop')
  for (const size of ICON_SIZES) {
    const name = `${size}x${size}`
    put(path.join(resources, `icons/${name}.png`), `usr/share/icons/hicolor/${name}/apps/timetrack.png`)
  }
  put(path.join(resources, 'copyright'), 'usr/share/doc/timetrack/copyright')

  const kilobytes = Number(run('du', ['-sk', '--apparent-size', work]).split('\t')[0])
  mkdirSync(path.join(work, 'DEBIAN'))
  writeFileSync(path.join(work, 'DEBIAN/control'), control(version, description, kilobytes))
  const sums = listFiles(work).filter((file) => !/^DEBIAN\/|^usr\/bin\/timetrack$/.test(file))
  const md5 = run('sh', ['-c', 'cd "$0" && exec md5sum "$@"', work, ...sums])
  writeFileSync(path.join(work, 'DEBIAN/md5sums'), md5)
  mkdirSync(path.dirname(out), { recursive: true })
  run('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', work, out])
  return out
}
