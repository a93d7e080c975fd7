import type { Log } from './log.ts'

/** Runs a program of the machine; resolves with why it failed, or null. */
export type RunTool = (command: string, args: readonly string[]) => Promise<string | null>

/**
 * Switches the display by `wlopm`. Not by `wlr-randr`: that takes the output away, and windows come back in
 * another size and place. Without wlopm the page's black cover is the dark.
 */
export function displayPower(run: RunTool, log: Log): (on: boolean) => void {
  let last: Promise<unknown> = Promise.resolve()
  let hasComplained = false
  return (on) => {
    // One after another, so that "on" after "off" is the last word.
    last = last.then(async () => {
      const why = await run('wlopm', [on ? '--on' : '--off', '*'])
      if (why === null || hasComplained) return
      hasComplained = true
      log({ why }, 'The display cannot be switched; a black page has to do')
    })
  }
}
