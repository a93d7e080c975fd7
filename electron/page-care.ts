import type { WebContents } from 'electron'
import { isLoadFailure } from './recovery.ts'

export type PageCare = {
  /** The window is without its page. */
  onFailed: (why: string) => void
  onLoaded: () => void
  /** How long a page may be unresponsive. */
  hangMs: number
  log: (fields: object, message: string) => void
}

/** Notices every way in which a page can be lost. */
export function careForPage(
  contents: Pick<WebContents, 'on' | 'forcefullyCrashRenderer' | 'setZoomFactor'>,
  { onFailed, onLoaded, hangMs, log }: PageCare,
): void {
  let hanging: NodeJS.Timeout | undefined
  const calm = () => clearTimeout(hanging)

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    calm()
    log({ reason, exitCode }, 'The page process ended')
    // Out of memory is reported as "oom" or as "crashed": all but a clean end are the same.
    if (reason !== 'clean-exit') onFailed(`the page's process ended (${reason})`)
  })
  contents.on('unresponsive', () => {
    log({}, 'The page does not respond')
    calm()
    // `render-process-gone` follows.
    hanging = setTimeout(() => contents.forcefullyCrashRenderer(), hangMs)
  })
  contents.on('responsive', calm)
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (!isLoadFailure(code, isMainFrame)) return
    log({ code, description }, 'The page could not be loaded')
    onFailed(`the page could not be loaded (${description || String(code)})`)
  })
  contents.on('did-finish-load', () => {
    // A zoom that was set by ctrl+plus is remembered by origin.
    contents.setZoomFactor(1)
    onLoaded()
  })
  contents.on('destroyed', calm)
}
