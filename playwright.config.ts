import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

// Without either, Playwright looks for its own.
const chromium = process.env['TIMETRACK_CHROMIUM'] ?? ['/usr/bin/chromium'].find(existsSync)
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  // Times on a machine that does other things say nothing: `npm run speed` measures them, on its own.
  testIgnore: process.env['TIMETRACK_SPEED'] ? [] : ['**/*-speed.spec.ts'],
  outputDir: 'test-results/e2e',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        // Chromium's sandbox does not work for root, as which containers run.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-gpu',
        '--disable-quic',
      ],
    },
  },
})
