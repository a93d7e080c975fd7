import type { BrowserWindow, BrowserWindowConstructorOptions, WebPreferences } from 'electron'
import { webPreferences } from './web-preferences.ts'

/** The kiosk's ground (UI.md, dark), also of the window before and between its pages. */
const GROUND = '#0f141b'

export function windowOptions(preload: string, windowed: boolean): BrowserWindowConstructorOptions {
  return {
    title: 'TimeTrack',
    backgroundColor: GROUND,
    webPreferences: webPreferences(preload, !windowed),
    // Shown with its first picture, never empty.
    show: false,
    ...(windowed
      ? { width: 1280, height: 860, minWidth: 360, minHeight: 480, autoHideMenuBar: true }
      : { kiosk: true, fullscreen: true, frame: false, roundedCorners: false, width: 800, height: 480 }),
  }
}

export type WindowCare = { windowed: boolean; isQuitting: () => boolean; raiseAfterMs: number }

/** Shows the window and keeps a kiosk's where it is. */
export function careForWindow(
  window: Pick<BrowserWindow, 'on' | 'once' | 'show' | 'setFullScreen' | 'isDestroyed' | 'isVisible'>,
  { windowed, isQuitting, raiseAfterMs }: WindowCare,
): void {
  const reveal = () => {
    if (window.isDestroyed() || window.isVisible()) return
    window.show()
    // Wayland only takes it as a wish once there is a surface.
    if (!windowed) window.setFullScreen(true)
  }
  window.once('ready-to-show', reveal)
  // A page that never gets ready must not leave the window hidden.
  setTimeout(reveal, raiseAfterMs).unref()
  if (windowed) return
  window.on('close', (event) => {
    if (!isQuitting()) event.preventDefault()
  })
  window.on('leave-full-screen', () => {
    if (!isQuitting() && !window.isDestroyed()) window.setFullScreen(true)
  })
}

/** A second start of the program shows the first one's window. */
export function raise(
  window: Pick<BrowserWindow, 'isDestroyed' | 'isMinimized' | 'restore' | 'show' | 'focus'>,
): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** What Electron has made of the rights asked for. Not in its types, but there; null before a page has a process. */
export function rightsOf(contents: object): WebPreferences | null {
  const { getLastWebPreferences } = contents as { getLastWebPreferences?: () => WebPreferences | null }
  return getLastWebPreferences?.call(contents) ?? null
}
