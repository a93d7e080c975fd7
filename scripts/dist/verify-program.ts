import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { complaintAbout, isElf } from './elf.ts'
import { compareProgram, describe, listFiles, NATIVE } from './files.ts'
import type { Findings } from './findings.ts'
import { wrongFuses } from './fuses.ts'
import { MARK } from './stand-in.ts'

const MB = 1024 * 1024

/** What the app itself may weigh; today 4.1 and 2.0 MB. Electron's own weight only a release can show. */
const BUDGETS = [
  { what: 'app.asar', file: 'resources/app.asar', most: 5 * MB },
  { what: 'SQLite', file: `resources/app.asar.unpacked/${NATIVE}`, most: 3 * MB },
]
/** A release as a whole: Electron 45 for arm64 unpacks to about 290 MB, its AppImage to about 110 MB. */
export const RELEASE_BUDGETS = { program: 350 * MB, package: 140 * MB }

export const megabytes = (bytes: number) => `${(bytes / MB).toFixed(1)} MB`

function size(findings: Findings, what: string, bytes: number, most: number): void {
  const note = `${megabytes(bytes)} of ${megabytes(most)}`
  findings.judge(`size: ${what}`, bytes <= most ? [] : [note], note)
}

/** Checks the folder that every package is made of. */
export function verifyProgram(findings: Findings, folder: string, isStandIn: boolean): void {
  const files = listFiles(folder)
  findings.judge(
    'program: every expected file, none else',
    describe(compareProgram(files)),
    `${files.length} files`,
  )

  const natives = files.filter((file) => isElf(readFileSync(path.join(folder, file)).subarray(0, 4)))
  const complaints = natives.flatMap((file) => {
    const why = complaintAbout(readFileSync(path.join(folder, file)))
    return why ? [`${file} ${why}`] : []
  })
  const shouldBeNative = files.filter((file) => /\.node$|\.so(?:\.\d+)?$|^timetrack$/.test(file))
  findings.judge(
    'native files: arm64, pages of 16 KiB',
    [
      ...complaints,
      ...shouldBeNative.filter((file) => !natives.includes(file)).map((file) => `${file} is no ELF file`),
    ],
    `${natives.length} files${isStandIn ? `, of which ${natives.length - 1} stand in for Electron's` : ''}`,
  )

  const program = readFileSync(path.join(folder, 'timetrack'))
  findings.judge(
    'fuses as wanted',
    wrongFuses(program),
    isStandIn ? "on a stand-in with Electron's wire" : '',
  )
  if (!isStandIn) {
    findings.judge(
      'no stand-in in a release',
      natives.filter((file) => readFileSync(path.join(folder, file)).includes(MARK)),
    )
  }

  for (const { what, file, most } of BUDGETS)
    size(findings, what, statSync(path.join(folder, file)).size, most)
  const whole = files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0)
  if (isStandIn) findings.notChecked('size: whole program', 'Electron is a stand-in')
  else size(findings, 'whole program', whole, RELEASE_BUDGETS.program)
}

export function verifyPackageSize(findings: Findings, what: string, file: string, isStandIn: boolean): void {
  if (isStandIn)
    findings.notChecked(`size: ${what}`, `Electron is a stand-in (${megabytes(statSync(file).size)} without)`)
  else size(findings, what, statSync(file).size, RELEASE_BUDGETS.package)
}

/** The sandbox stays on: no command line that we write switches it off. */
export function sandboxComplaints(name: string, text: string): string[] {
  return text.includes('--no-sandbox') ? [`${name} has --no-sandbox`] : []
}

/** The heap of the main process is bounded wherever the program is started from. */
export function heapComplaints(name: string, commands: string): string[] {
  const flags = '"--js-flags=--max-old-space-size=128 --max-semi-space-size=4"'
  return commands.includes(flags) ? [] : [`${name} does not bound the heap of the main process`]
}
