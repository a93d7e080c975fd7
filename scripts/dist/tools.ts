import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inPath, run } from './run.ts'
import { standInProgram } from './stand-in.ts'

/** Tools and the Debian packages that they are in. */
const PACKAGES: Record<string, string> = {
  mksquashfs: 'squashfs-tools',
  unsquashfs: 'squashfs-tools',
  'desktop-file-validate': 'desktop-file-utils',
  'dpkg-deb': 'dpkg',
}

const INSTALL_LIMIT_MS = 300_000

const places = (names: readonly string[]) => names.filter((name) => inPath(name) === undefined)

/** Gets what is missing where that is possible; answers what still is, in words. */
export function getTools(log: (line: string) => void): string[] {
  const missing = places(Object.keys(PACKAGES))
  const packages = [...new Set(missing.map((name) => PACKAGES[name] ?? name))]
  if (missing.length === 0) return []
  if (existsSync('/etc/debian_version') && inPath('apt-get') && process.getuid?.() === 0) {
    log(`Installing ${packages.join(' and ')} ...`)
    try {
      installPackages(packages)
    } catch (error) {
      log(`They could not be installed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return places(missing).map((name) => `${name} (Debian: apt-get install ${PACKAGES[name]})`)
}

/** @throws Error with what apt said */
export function installPackages(packages: readonly string[]): void {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, limitMs: INSTALL_LIMIT_MS }
  run('apt-get', ['update', '-qq'], options)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
}

/** Whether AppImages can be made of a stand-in with what Debian has. */
export const canMakeAppImage = () => places(['mksquashfs', 'desktop-file-validate']).length === 0

/**
 * AppImage's tools as electron-builder wants them (APPIMAGE_TOOLS_PATH, app-builder-lib out/toolsets/linux.js):
 * the tools are Debian's, the runtime that starts an AppImage on the Pi is a stand-in.
 */
export function standInToolset(folder: string): { toolset: string; runtimeLength: number } {
  mkdirSync(path.join(folder, 'runtimes'), { recursive: true })
  mkdirSync(path.join(folder, 'lib/arm64'), { recursive: true })
  for (const name of ['mksquashfs', 'desktop-file-validate']) {
    const file = inPath(name)
    if (file === undefined) throw new Error(`${name} is missing`)
    symlinkSync(file, path.join(folder, name))
  }
  const runtime = standInProgram()
  writeFileSync(path.join(folder, 'runtimes/runtime-arm64'), runtime, { mode: 0o755 })
  return { toolset: folder, runtimeLength: runtime.length }
}
