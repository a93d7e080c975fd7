import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { complaintAbout, isElf } from './elf.ts'
import { AROUND_APPIMAGE, AROUND_DEB, compareLists, DEB_FOLDER, describe, listFiles } from './files.ts'
import type { Findings } from './findings.ts'
import { inPath, run } from './run.ts'
import { heapComplaints, sandboxComplaints, verifyPackageSize } from './verify-program.ts'

export interface PackageCheck {
  file: string
  /** The folder that it was made of. */
  program: string
  work: string
  isStandIn: boolean
}

/** Files of the program that are not in the package as they are in the folder. */
function changed(program: string, inside: string, files: readonly string[]): string[] {
  return files.filter((file) => {
    const there = path.join(inside, file)
    return !existsSync(there) || !readFileSync(there).equals(readFileSync(path.join(program, file)))
  })
}

function verifyDesktopEntry(findings: Findings, what: string, file: string): void {
  const text = readFileSync(file, 'utf8')
  findings.judge(`${what}: command line`, [
    ...sandboxComplaints('the entry', text),
    ...heapComplaints('the entry', text),
  ])
  if (!inPath('desktop-file-validate')) {
    findings.notChecked(`${what}: desktop entry`, 'desktop-file-validate is missing')
    return
  }
  const said = run('desktop-file-validate', ['--no-hints', file])
  findings.judge(`${what}: desktop entry is valid`, said.split('\n').filter(Boolean))
}

/** Where the file system in an AppImage begins: behind the ELF file of its runtime. */
function runtimeLength(image: Buffer): number {
  const sections = Number(image.readBigUInt64LE(40))
  const end = sections + image.readUInt16LE(58) * image.readUInt16LE(60)
  const found = image.indexOf('hsqs', Math.max(end, 64))
  if (found < 0) throw new Error('has no file system inside')
  return found
}

export function verifyAppImage(findings: Findings, { file, program, work, isStandIn }: PackageCheck): void {
  const image = readFileSync(file)
  const complaint = isElf(image) ? complaintAbout(image) : 'does not begin with a runtime'
  findings.judge('AppImage: runtime is for arm64, pages of 16 KiB', complaint ? [complaint] : [])
  findings.judge('AppImage: can be executed', (statSync(file).mode & 0o111) === 0 ? ['it cannot'] : [])
  const inside = path.join(work, 'appimage')
  rmSync(inside, { recursive: true, force: true })
  run('unsquashfs', ['-q', '-n', '-no-xattrs', '-offset', String(runtimeLength(image)), '-d', inside, file])

  const files = listFiles(program)
  const difference = compareLists([...files, ...AROUND_APPIMAGE], listFiles(inside))
  findings.judge('AppImage: every expected file, none else', [
    ...describe(difference),
    ...changed(program, inside, files),
  ])
  verifyDesktopEntry(findings, 'AppImage', path.join(inside, 'timetrack.desktop'))
  const starter = readFileSync(path.join(inside, 'AppRun'), 'utf8')
  // electron-builder's starter leaves the sandbox out on kernels without user namespaces; the shell logs it.
  const isOnlyWithoutNamespaces = /unshare -Ur true[^\n]*; then\n\s*NO_SANDBOX=\(--no-sandbox\)/.test(starter)
  findings.judge(
    'AppImage: sandbox stays on where the kernel has user namespaces',
    isOnlyWithoutNamespaces || !starter.includes('--no-sandbox') ? [] : ['AppRun switches it off'],
  )
  verifyPackageSize(findings, 'AppImage', file, isStandIn)
}

export function verifyDeb(
  findings: Findings,
  { file, program, work, isStandIn }: PackageCheck,
  version: string,
): void {
  const inside = path.join(work, 'deb-opened')
  rmSync(inside, { recursive: true, force: true })
  run('dpkg-deb', ['-x', file, inside])
  const files = listFiles(program)
  const expected = [...files.map((name) => `${DEB_FOLDER}/${name}`), ...AROUND_DEB]
  findings.judge('.deb: every expected file, none else', [
    ...describe(compareLists(expected, listFiles(inside))),
    ...changed(program, path.join(inside, DEB_FOLDER), files),
  ])
  const field = (name: string) => run('dpkg-deb', ['-f', file, name]).trim()
  findings.judge('.deb: name, version, architecture', [
    ...(field('Package') === 'timetrack' ? [] : [`Package: ${field('Package')}`]),
    ...(field('Version') === version.replace('-', '~') ? [] : [`Version: ${field('Version')}`]),
    ...(field('Architecture') === 'arm64' ? [] : [`Architecture: ${field('Architecture')}`]),
  ])
  const listing = run('dpkg-deb', ['-c', file]).split('\n').filter(Boolean)
  findings.judge(
    '.deb: everything belongs to root',
    listing.filter((line) => !line.includes(' root/root ')),
  )
  const helper = listing.find((line) => line.endsWith('/chrome-sandbox')) ?? '(none)'
  findings.judge('.deb: sandbox helper is set-uid', helper.startsWith('-rws') ? [] : [helper])
  verifyDesktopEntry(findings, '.deb', path.join(inside, 'usr/share/applications/timetrack.desktop'))
  verifyPackageSize(findings, '.deb', file, isStandIn)
}

/** What starts the kiosk besides the desktop entries. */
export function verifyStarters(findings: Findings, resources: string, work: string): void {
  for (const name of ['timetrack.service', 'labwc-autostart']) {
    const text = readFileSync(path.join(resources, name), 'utf8')
    findings.judge(`${name}: command line`, [...sandboxComplaints(name, text), ...heapComplaints(name, text)])
  }
  if (!inPath('systemd-analyze')) {
    findings.notChecked('timetrack.service: as systemd reads it', 'systemd-analyze is missing')
    return
  }
  // Systemd looks for the program in the home that the unit names.
  const home = path.join(work, 'home')
  mkdirSync(path.join(home, 'timetrack/current'), { recursive: true })
  writeFileSync(path.join(home, 'timetrack/current/timetrack'), '', { mode: 0o755 })
  const unit = path.join(resources, 'timetrack.service')
  const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--user', unit], {
    encoding: 'utf8',
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home },
  })
  const said = (stdout + stderr).split('\n').filter((line) => line.includes('timetrack'))
  findings.judge('timetrack.service: as systemd reads it', said)
}
