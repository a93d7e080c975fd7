import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Places } from './places.ts'

const ARCHIVE = 'resources/app.asar'
/** Left free on the card, for the database and its backup. */
const SPARE_BYTES = 200 * 1024 * 1024

export function sync(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The folder that `current` leads to. */
export function currentProgram({ current, programs }: Places): string | undefined {
  try {
    return join(programs, readlinkSync(current))
  } catch {
    return undefined
  }
}

/** Makes `current` lead to a folder; whoever looks sees the old one or the new one, also after a power cut. */
export function switchTo(places: Places, program: string): void {
  const next = `${places.current}.new`
  rmSync(next, { force: true })
  symlinkSync(dirname(program) === places.programs ? basename(program) : program, next)
  renameSync(next, places.current)
  sync(places.programs)
}

/** Where a version goes: its own folder, unless another build of the same version has that name. */
function folderFor(
  source: string,
  version: string,
  { programs }: Places,
): { folder: string; isThere: boolean } {
  for (let build = 1; ; build++) {
    const folder = join(programs, build === 1 ? version : `${version}-${build}`)
    if (!existsSync(folder)) return { folder, isThere: false }
    const archive = join(folder, ARCHIVE)
    if (existsSync(archive) && readFileSync(archive).equals(readFileSync(join(source, ARCHIVE)))) {
      return { folder, isThere: true }
    }
  }
}

/** Everything below a folder, every file on the disk before the next: a power cut must not leave empty files. */
function copyTree(from: string, to: string): void {
  mkdirSync(to)
  for (const { name } of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, name), join(to, name)]
    const stat = lstatSync(source)
    if (stat.isDirectory()) copyTree(source, target)
    else if (stat.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else {
      copyFileSync(source, target)
      chmodSync(target, stat.mode & 0o777)
      sync(target)
    }
  }
  sync(to)
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

/**
 * Brings a program to where it stays: copied beside the versions that are there, or left where it is when it
 * was unpacked there or belongs to a Debian package.
 */
export function place(source: string, version: string, places: Places): { folder: string; copied: boolean } {
  mkdirSync(places.programs, { recursive: true })
  if (dirname(source) === places.programs || source.startsWith('/opt/'))
    return { folder: source, copied: false }
  const { folder, isThere } = folderFor(source, version, places)
  if (isThere) return { folder, copied: false }
  const { bavail, bsize } = statfsSync(places.programs)
  const [needed, free] = [bytesIn(source) + SPARE_BYTES, bavail * bsize]
  if (free < needed) {
    const mega = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`
    throw new Error(
      `${places.programs} needs ${mega(needed)} and has ${mega(free)} free. Nothing was changed.`,
    )
  }
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  copyTree(source, partial)
  renameSync(partial, folder)
  sync(places.programs)
  return { folder, copied: true }
}

/** Folders of ours, whole or not; whatever else somebody keeps there is left alone. */
export function installedPrograms({ programs }: Places): string[] {
  if (!existsSync(programs)) return []
  return readdirSync(programs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d+\.\d+\.\d+/.test(entry.name))
    .map((entry) => join(programs, entry.name))
    .filter((folder) => folder.endsWith('.partial') || existsSync(join(folder, ARCHIVE)))
    .sort()
}
