import { execFile } from 'node:child_process'
import type { RunTool } from './display-power.ts'
import { hostEnvironment } from './host-environment.ts'

const LIMIT_MS = 10_000

/** Programs of the machine, in the machine's own environment. */
export function toolRunner(env: Record<string, string | undefined>): RunTool {
  return (command, args) =>
    new Promise((resolve) => {
      execFile(command, args, { env: hostEnvironment(env), timeout: LIMIT_MS }, (error, _out, complaint) =>
        resolve(error === null ? null : complaint.trim() || error.message),
      )
    })
}
