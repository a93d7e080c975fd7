import type { Bridge } from '../contract/bridge.ts'

declare global {
  interface Window {
    /** In the shell's window only; a browser has none. */
    readonly timetrack?: Bridge
  }
}
