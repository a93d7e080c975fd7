import type { WebPreferences } from 'electron'

/** What must hold for every page; the window refuses to load anything otherwise. */
const REQUIRED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
} as const satisfies WebPreferences

/** Preferences that open what the list above closes. */
const FORBIDDEN = ['enableBlinkFeatures', 'additionalArguments'] as const satisfies (keyof WebPreferences)[]

export function webPreferences(preload: string, kiosk: boolean): WebPreferences {
  return {
    ...REQUIRED,
    preload,
    devTools: !kiosk,
    navigateOnDragDrop: false,
    spellcheck: false,
  }
}

/**
 * Checks what is asked for before there is a window, and what Electron has made of it (known once the
 * first page, our own splash, has a process) before the hub's page is loaded.
 * @throws rather than let a page have too many rights
 */
export function assertSafe(actual: WebPreferences | null): void {
  if (actual === null) throw new Error('the window says nothing about its rights')
  for (const [name, wanted] of Object.entries(REQUIRED)) {
    const is: unknown = actual[name as keyof WebPreferences]
    // What is closed by default may be left out; what protects has to be there.
    const isSafe = wanted ? is === true : is === undefined || is === false
    if (!isSafe) throw new Error(`the window is not safe: ${name} is ${String(is)}`)
  }
  for (const name of FORBIDDEN) {
    const is: unknown = actual[name]
    const isEmpty = is === undefined || is === '' || (Array.isArray(is) && is.length === 0)
    if (!isEmpty) throw new Error(`the window is not safe: ${name} is set`)
  }
}
