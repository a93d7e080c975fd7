import { heapFlags, type HeapRequest } from '../server/host/heap-limit.ts'

export interface KioskWishes {
  profile: string
  /** An ordinary window with the pages for browsers, instead of the kiosk. */
  windowed: boolean
  port: number
  /** Of the page. */
  heap: HeapRequest
  env: NodeJS.ProcessEnv
}

/** Chromium's command line for a window that shows the hub and nothing else. */
export function kioskArguments({ profile, windowed, port, heap, env }: KioskWishes): string[] {
  const kiosk = [
    '--kiosk',
    // What a passer-by must not do, and nobody is there to click away.
    '--disable-pinch',
    '--noerrdialogs',
  ]
  return [
    `--user-data-dir=${profile}`,
    `--js-flags=${heapFlags(heap).join(' ')}`,
    // Nothing of its own: no requests to the internet, no accounts, no questions.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--no-default-browser-check',
    // Otherwise a keyring may ask for its password.
    '--password-store=basic',
    // Those that the system gives to every profile, such as Raspberry Pi OS.
    '--disable-extensions',
    // After the plug was pulled it would ask whether to restore its pages.
    '--hide-crash-restore-bubble',
    '--disable-session-crashed-bubble',
    '--overscroll-history-navigation=0',
    ...(env['WAYLAND_DISPLAY'] ? ['--ozone-platform=wayland'] : []),
    ...(windowed ? ['--window-size=1280,860'] : kiosk),
    // Without tabs and address bar.
    `--app=http://127.0.0.1:${port}${windowed ? '/app/day' : '/kiosk'}`,
  ]
}
