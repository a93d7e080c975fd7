import type { ChildExit } from './child.ts'

const CRASHES: readonly (string | null)[] = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGTRAP', 'SIGFPE']

/** How a process ended that said nothing itself, for the person who asks why. */
export function exitWords({ code, signal }: ChildExit): string {
  // The kernel ends whoever takes the last of the memory this way, and tells only its own log.
  if (signal === 'SIGKILL') return 'killed from outside, perhaps because the machine ran out of memory'
  if (CRASHES.includes(signal)) return `crashed (${signal})`
  if (signal !== null) return `ended by ${signal}`
  return code === null ? 'could not be started' : `ended with code ${code}`
}
