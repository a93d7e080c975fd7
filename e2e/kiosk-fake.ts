import type { Page } from '@playwright/test'
import { systemClock } from '../contract/time.ts'
import { fakeHub } from '../renderer/fixtures/fake-hub.ts'
import { type KioskState, kioskWorld } from '../renderer/fixtures/kiosk.ts'

/** A hub that answers what the kiosk asks, in front of one that serves the pages; it can go away and come back. */
export async function fakeKiosk(page: Page, more: Partial<KioskState> = {}) {
  const { state, answers } = kioskWorld(systemClock, more)
  const hub = fakeHub(answers)
  const fake = { state, asked: hub.asked, bodies: hub.bodies, isAway: false }

  await page.route(/\/(?:api\/|health$)/, async (route) => {
    if (fake.isAway) return route.abort('connectionrefused')
    const request = route.request()
    const { pathname } = new URL(request.url())
    // Clock and health are the real ones.
    if (pathname === '/health' || pathname === '/api/hub') return route.continue()
    const body = request.postData()
    const response = await hub.fetch(request.url(), {
      method: request.method(),
      ...(body === null ? {} : { body }),
    })
    return route.fulfill({
      status: response.status,
      contentType: 'application/json',
      body: await response.text(),
    })
  })
  return fake
}
