import { spawn, type ChildProcess } from 'node:child_process'
import type { HeapRequest } from '../server/host/heap-limit.ts'
import { restartDelay, type RestartPolicy } from '../server/host/restarts.ts'
import type { Screen } from './headless.ts'
import { kioskArguments } from './kiosk-arguments.ts'
import { readChromium } from './kiosk-memory.ts'
import { endLeftover, kioskProfile, prepareProfile } from './kiosk-profile.ts'

export interface KioskOptions {
  binary: string
  /** Folder of the database. */
  data: string
  /** An ordinary window with the pages for browsers, which a person may close. */
  windowed: boolean
  heap: HeapRequest
  env: NodeJS.ProcessEnv
  log: (line: string) => void
  onClosed: () => void
  restarts?: RestartPolicy
}

/** It is never given up: the hub records without a window, and a screen may be gone for a night. */
const RESTARTS: RestartPolicy = {
  firstDelayMs: 1000,
  longestDelayMs: 60_000,
  budget: Infinity,
  healthyMs: 60_000,
}

/** How long Chromium may take to close. */
const CLOSE_MS = 3000
/** What it said last may still be on its way when it has ended. */
const LAST_WORDS_MS = 50
const TAIL = 4000

/** Shows the hub in a Chromium of this machine, and opens it again when it ends. */
export function openChromium(options: KioskOptions): Screen {
  const { binary, windowed, heap, env, log, restarts = RESTARTS } = options
  const profile = kioskProfile(options.data)
  let port: number | null = null
  let browser: ChildProcess | undefined
  let gone = Promise.resolve()
  let failures = 0
  let isReplaced = false
  let isClosing = false
  let again: NodeJS.Timeout | undefined
  let healthy: NodeJS.Timeout | undefined

  async function open(): Promise<void> {
    await endLeftover(profile)
    if (isClosing || browser || port === null) return
    const child = spawn(binary, kioskArguments({ profile, windowed, port, heap, env }), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...env, ...prepareProfile(profile) },
      // A terminal's ctrl+c goes to the whole group; and what Chromium starts can be ended with it.
      detached: true,
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    browser = child
    gone = promise
    healthy = setTimeout(() => (failures = 0), restarts.healthyMs)
    let said = ''
    child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-TAIL)))
    const over = (why: string, isClean: boolean) => {
      if (browser !== child) return
      browser = undefined
      clearTimeout(healthy)
      endGroup(child)
      resolve()
      ended(why, isClean)
    }
    child.once('error', (error) => over(error.message, false))
    child.once('exit', (code, signal) => {
      const tell = () => over(signal ?? lastWords(said) ?? `code ${code}`, code === 0)
      // Not `close`: what Chromium leaves behind may hold the pipe.
      setTimeout(tell, LAST_WORDS_MS)
    })
  }

  function openAgain(): void {
    open().catch((error: unknown) => ended(error instanceof Error ? error.message : String(error), false))
  }

  function ended(why: string, isClean: boolean): void {
    if (isClosing) return
    if (isReplaced) {
      isReplaced = false
      return openAgain()
    }
    if (windowed && isClean) {
      log('The window was closed.')
      return options.onClosed()
    }
    const delayMs = restartDelay(restarts, ++failures) ?? restarts.longestDelayMs
    log(`Chromium ended (${why}). Opening it again in ${delayMs / 1000} s ...`)
    again = setTimeout(openAgain, delayMs)
  }

  function close(child: ChildProcess): void {
    child.kill('SIGTERM')
    setTimeout(() => browser === child && endGroup(child), CLOSE_MS).unref()
  }

  function replace(): void {
    if (!browser) return
    isReplaced = true
    close(browser)
  }

  return {
    show(at) {
      // A page that is there finds the hub again by itself.
      if (port === at) return
      port = at
      clearTimeout(again)
      if (browser) replace()
      else openAgain()
    },
    readings: () => (browser?.pid === undefined ? [] : readChromium(browser.pid)),
    replace(reason) {
      log(`Opening the window anew: ${reason}.`)
      replace()
    },
    close() {
      isClosing = true
      clearTimeout(again)
      if (browser) close(browser)
      return gone
    },
  }
}

/** Also when Chromium itself has ended: some of its processes take seconds to notice. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left.
  }
}

/** What it says itself: `[1:1:1124/211538.28:ERROR:ui/ozone.cc:257] Missing X server or $DISPLAY`. */
function lastWords(said: string): string | undefined {
  const errors = [...said.matchAll(/:(?:ERROR|FATAL):([^\]\n]*)\] ?(.+)/g)]
  // Without a session bus it complains and runs.
  const words = errors.filter(([, file]) => !file?.startsWith('dbus/')).map(([, , text]) => text?.trim())
  return words.length === 0 ? undefined : words.slice(-2).join(' ')
}
