import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildAppIfStale } from '../build-app.ts'
import { buildRendererIfStale } from '../build.ts'
import { makeDeb } from './deb.ts'
import { Findings } from './findings.ts'
import { runShown } from './run.ts'
import { SWITCH, writeStandInElectron } from './stand-in.ts'
import { standInToolset } from './tools.ts'
import { verifyApp } from './verify-app.ts'
import { verifyAppImage, verifyDeb, verifyStarters } from './verify-packages.ts'
import { verifyProgram } from './verify-program.ts'

export const root = path.resolve(import.meta.dirname, '../..')
const built = path.join(root, 'dist')

function readManifest(file: string) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { version: string; description: string }
}

export const appVersion = () => readManifest('package.json').version
export const electronVersion = () => readManifest('node_modules/electron/package.json').version

export interface Packed {
  program: string
  appImage: string | undefined
  deb: string
}

export interface PackOptions {
  out: string
  /** Electron's archive or folder; without it a stand-in is packed. */
  electron?: string
  withAppImage: boolean
  log: (line: string) => void
}

/** Builds what is stale and packs it. @returns nothing when electron-builder failed; it has said why. */
export async function pack({ out, electron, withAppImage, log }: PackOptions): Promise<Packed | undefined> {
  await buildRendererIfStale(log)
  await buildAppIfStale(log)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })

  const env: NodeJS.ProcessEnv = { [SWITCH]: '' }
  let dist = electron
  if (dist === undefined) {
    dist = path.join(out, 'stand-in/electron')
    writeStandInElectron(dist, electronVersion())
    env[SWITCH] = '1'
    if (withAppImage) env['APPIMAGE_TOOLS_PATH'] = standInToolset(path.join(out, 'stand-in/tools')).toolset
  }
  const code = await runShown(
    path.join(root, 'node_modules/.bin/electron-builder'),
    [
      ...[
        '--projectDir',
        root,
        '--linux',
        withAppImage ? 'AppImage' : 'dir',
        '--arm64',
        '--publish',
        'never',
      ],
      ...[`-c.electronDist=${dist}`, `-c.directories.output=${out}`],
    ],
    env,
  )
  if (code !== 0) return undefined

  const { version, description } = readManifest('package.json')
  const program = path.join(out, 'linux-arm64-unpacked')
  const deb = makeDeb({
    program,
    resources: path.join(root, 'build'),
    version,
    description,
    work: path.join(out, 'deb'),
    out: path.join(out, `timetrack_${version}_arm64.deb`),
  })
  rmSync(path.join(out, 'deb'), { recursive: true })
  const appImage = withAppImage ? path.join(out, `TimeTrack-${version}-arm64.AppImage`) : undefined
  return { program, appImage, deb }
}

/** Opens all that was packed and holds it against what it should be. */
export async function verify(packed: Packed, isStandIn: boolean, work: string): Promise<Findings> {
  const { program, appImage, deb } = packed
  const findings = new Findings()
  mkdirSync(work, { recursive: true })
  await findings.attempt('program', () => verifyProgram(findings, program, isStandIn))
  const resources = path.join(program, 'resources')
  await findings.attempt('starters', () => verifyStarters(findings, resources, work))
  await verifyApp(findings, { resources, built, root, work })
  if (appImage === undefined) {
    findings.notChecked('AppImage', 'not made: mksquashfs or desktop-file-validate is missing')
  } else {
    await findings.attempt('AppImage', () =>
      verifyAppImage(findings, { file: appImage, program, work, isStandIn }),
    )
  }
  await findings.attempt('.deb', () =>
    verifyDeb(findings, { file: deb, program, work, isStandIn }, appVersion()),
  )
  return findings
}
