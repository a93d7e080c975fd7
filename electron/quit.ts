import type { App } from 'electron'

export type QuitOptions = {
  /** Drains what must not be cut off. */
  stop: () => Promise<void>
  /** systemd kills after 15 s (TimeoutStopSec); we want to be done before. */
  deadlineMs: number
  onQuitting: () => void
  log: (fields: object, message: string) => void
  /** `SYSTEMD_EXEC_PID` names this process: then a new instance has to come from systemd. */
  isUnit: boolean
}

export type End = 'exit' | 'failure' | 'relaunch'

/** With this code the unit's `Restart=on-failure` starts the program again. */
const AGAIN = 75

/**
 * Every way out leads here once: SIGTERM (Electron turns the first one into `quit`, the second kills), the
 * window's end, `app.quit()`. The server is drained, then the process ends for good.
 */
export function quitGracefully(
  app: Pick<App, 'on' | 'exit' | 'relaunch'>,
  { stop, deadlineMs, onQuitting, log, isUnit }: QuitOptions,
): { end: (how: End) => void; isQuitting: () => boolean } {
  let quitting = false

  function end(how: End): void {
    if (quitting) return
    quitting = true
    onQuitting()
    const late = new Promise<'late'>((resolve) => {
      setTimeout(() => resolve('late'), deadlineMs)
    })
    const stopped = stop().then(
      () => 'stopped',
      (error: unknown) => {
        log({ error: String(error) }, 'Stopping failed')
        return 'failed'
      },
    )
    void Promise.race([stopped, late]).then((outcome) => {
      log({ outcome }, 'Ending')
      // A process that we start from a unit dies with it: systemd ends the whole group.
      if (how === 'relaunch' && !isUnit) app.relaunch()
      app.exit(codeOf(how, isUnit))
    })
  }

  app.on('before-quit', (event) => {
    event.preventDefault()
    end('exit')
  })
  return { end, isQuitting: () => quitting }
}

function codeOf(how: End, isUnit: boolean): number {
  if (how === 'relaunch') return isUnit ? AGAIN : 0
  return how === 'failure' ? 1 : 0
}
