import type { Page } from '@playwright/test'

/** What a page holds once its garbage is gone. */
export type Held = { heapKb: number; nodes: number; listeners: number; documents: number }

/** Weak references and what they kept may take more than one round. */
const MOST_ROUNDS = 4

/**
 * For the Chromium that is measured: the machine code that V8 goes on making of what runs often is no growth of
 * ours, and larger than all of it.
 */
export const WITHOUT_MACHINE_CODE = '--js-flags=--no-opt,--no-maglev,--no-sparkplug'

/** Measures a page the way its own developer tools do; pages of other contexts do not count in. */
export async function meterOf(page: Page): Promise<() => Promise<Held>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')

  async function read(): Promise<Held> {
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const value = (name: string) => {
      const found = metrics.find((metric) => metric.name === name)
      if (found === undefined) throw new Error(`Chromium does not report ${name}`)
      return found.value
    }
    return {
      heapKb: Math.round(value('JSHeapUsedSize') / 1024),
      nodes: value('Nodes'),
      listeners: value('JSEventListeners'),
      documents: value('Documents'),
    }
  }

  return async () => {
    let held = await read()
    for (let round = 1; round < MOST_ROUNDS; round++) {
      const next = await read()
      const wentOn = next.heapKb < held.heapKb || next.nodes < held.nodes || next.listeners < held.listeners
      held = next
      if (!wentOn) break
    }
    return held
  }
}
