import type { Page } from '@playwright/test'

/**
 * Collects what a page must not do: errors and warnings on its console (Chromium says there what the
 * content security policy forbade), exceptions, failed requests, and requests to any other host.
 */
export function watch(page: Page, url: string): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (!['data:', 'blob:'].includes(protocol) && origin !== url)
      complaints.push(`request to ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`)
  })
  return complaints
}
