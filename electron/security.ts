import type { App, Session, WebContents } from 'electron'

export type Guard = {
  /** Whether our window may be at this address. */
  isOurs: (url: string) => boolean
  /** A file that a page offers, such as the export: not at a kiosk. */
  allowsDownloads: boolean
  log: (fields: object, message: string) => void
}

type Navigation = { url: string; preventDefault: () => void }

/** One hook for every page that there will ever be: no way out of our own pages, no second window. */
export function guardContents(app: Pick<App, 'on'>, guard: Guard): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, guard))
}

export function guardPage(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  { isOurs, log }: Guard,
): void {
  const check = (event: Navigation, what: string) => {
    if (isOurs(event.url)) return
    event.preventDefault()
    log({ what }, 'Refused to leave our pages')
  }
  contents.on('will-navigate', (event) => check(event, 'navigation'))
  contents.on('will-frame-navigate', (event) => check(event, 'frame'))
  contents.on('will-redirect', (event) => check(event, 'redirect'))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => {
    log({ what: 'window' }, 'Refused to open a window')
    return { action: 'deny' }
  })
}

/** Our pages need no camera, place, clipboard, device or notification: everything is denied, whoever asks. */
export function denyPermissions(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
    | 'on'
  >,
  { allowsDownloads, log }: Guard,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log({ permission }, 'Permission denied')
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  if (!allowsDownloads) session.on('will-download', (event) => event.preventDefault())
}
