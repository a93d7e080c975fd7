import { writeFileSync } from 'node:fs'
import type { Finding, Findings } from './findings.ts'

/** What a check leaves for `npm test` to count ... */
export interface FindingsReport {
  findings: readonly Finding[]
}
/** ... or why it could not run on this machine. */
export interface NotRunReport {
  couldNotRun: string
}

const write = (file: string | undefined, report: FindingsReport | NotRunReport) => {
  if (file !== undefined) writeFileSync(file, JSON.stringify(report))
}

/** Shows what was found. @returns the exit code */
export function conclude(findings: Findings, file: string | undefined): number {
  console.log(`\n${findings.table()}\n`)
  write(file, { findings: findings.all })
  return findings.isFine ? 0 : 1
}

/** Not run is not passed: alone it ends with 1, `npm test` reads why and counts it as skipped. */
export function giveUp(why: string, file: string | undefined, log: (line: string) => void): never {
  log(`Could not run: ${why}.`)
  write(file, { couldNotRun: why })
  process.exit(1)
}
