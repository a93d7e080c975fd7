import { heapFlags, type HeapRequest } from '../server/host/heap-limit.ts'

export type Switch = { name: string; value?: string }

export type SwitchWishes = {
  kiosk: boolean
  rendererHeap: HeapRequest
  env: Record<string, string | undefined>
  /** Whether the command line has asked for a platform already. */
  hasPlatform: boolean
}

/** Chromium switches that only count when they are set before `ready`. */
export function switchesFor({ kiosk, rendererHeap, env, hasPlatform }: SwitchWishes): Switch[] {
  const switches: Switch[] = [
    // Every page's process gets these; main's own heap was made at its launch and is not affected.
    { name: 'js-flags', value: heapFlags(rendererHeap).join(' ') },
    // An edge swipe must not go back in history, on a touch pad neither.
    { name: 'overscroll-history-navigation', value: '0' },
  ]
  if (kiosk) switches.push({ name: 'disable-pinch' })
  // Electron 38 and later choose by XDG_SESSION_TYPE, which a unit started at boot may lack.
  if (env['WAYLAND_DISPLAY'] && !hasPlatform) switches.push({ name: 'ozone-platform', value: 'wayland' })
  return switches
}
