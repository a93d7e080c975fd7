import { expect, test } from '@playwright/test'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildRendererIfStale } from '../../scripts/build.ts'
import { buildAppIfStale } from '../../scripts/build-app.ts'
import { electron, startShell, type RunningShell } from './shell.ts'

test.skip(electron === undefined, 'no Electron binary on this machine (npx install-electron fetches it)')
test.skip(
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'],
  'Electron needs a display (xvfb-run, or labwc with WLR_BACKENDS=headless)',
)
test.describe.configure({ timeout: 120_000 })

let shell: RunningShell

test.beforeAll(async () => {
  await buildRendererIfStale(() => undefined)
  await buildAppIfStale(() => undefined)
})
test.beforeEach(async () => void (shell = await startShell()))
test.afterEach(() => shell.close())

const kiosk = /^http:\/\/127\.0\.0\.1:\d+\/kiosk/
const atKiosk = () => expect(shell.page).toHaveURL(kiosk, { timeout: 60_000 })

/** Everything that the shell logged with this message. */
const logged = (message: string) =>
  shell
    .log()
    .split('\n')
    .filter((line) => line.includes(`"msg":"${message}"`))
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const pidOfServer = () =>
  shell.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name?.startsWith('timetrack-server'))?.pid ?? 0,
  )

test('starts: splash, then the kiosk on the whole screen, safe, with its memory limits in force', async () => {
  await atKiosk()
  const window = await shell.app.evaluate(({ BrowserWindow, Menu }) => {
    const [only, ...others] = BrowserWindow.getAllWindows()
    const contents = only?.webContents as unknown as
      { getLastWebPreferences: () => Record<string, unknown> } | undefined
    const rights = contents?.getLastWebPreferences() ?? {}
    return {
      others: others.length,
      kiosk: only?.isKiosk(),
      menu: Menu.getApplicationMenu(),
      sandbox: rights['sandbox'],
      contextIsolation: rights['contextIsolation'],
      nodeIntegration: rights['nodeIntegration'],
    }
  })
  expect(window).toEqual({
    others: 0,
    kiosk: true,
    menu: null,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
  })
  const seen = await shell.page.evaluate(() => ({
    node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
    bridge: Object.keys((window as unknown as { timetrack: object }).timetrack).sort(),
    heapMb:
      (performance as unknown as { memory: { jsHeapSizeLimit: number } }).memory.jsHeapSizeLimit / 2 ** 20,
  }))
  expect(seen.node).toEqual(['undefined', 'undefined'])
  expect(seen.bridge).toEqual(['info', 'onDark', 'onState', 'startAgain', 'state'])
  expect(seen.heapMb).toBeLessThan(300)
  const notInForce = logged('The heap limit is not the one that was asked for').map(({ part }) => part)
  // Main's own comes from the launcher (scripts/window.ts), which this test goes around.
  expect(notInForce.filter((part) => part !== 'main')).toEqual([])
})

test('no way out: links, redirects, pop-ups, permissions, messages from elsewhere', async () => {
  await atKiosk()
  const outside = createServer((request, response) => {
    if (request.url === '/redirect') response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
    else response.end('<title>outside</title>')
  }).listen(0, '127.0.0.1')
  const { port } = outside.address() as AddressInfo
  const home = shell.page.url()
  const refused = () => logged('Refused to leave our pages').length
  try {
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/?next=${home}`,
      `http://127.0.0.1:${port}/redirect`,
      'file:///etc/passwd',
      'app://elsewhere/index.html',
    ]) {
      const before = refused()
      await shell.page.evaluate((to) => {
        const link = Object.assign(document.createElement('a'), { href: to })
        document.body.append(link)
        link.click()
      }, url)
      // Chromium itself refuses what is neither http nor a page's own scheme, before anybody is asked.
      if (url.startsWith('http')) await expect.poll(refused).toBeGreaterThan(before)
      else await shell.page.waitForTimeout(500)
      expect(shell.page.url()).toBe(home)
    }
    expect(await shell.page.evaluate((to) => window.open(to) === null, `http://127.0.0.1:${port}/`)).toBe(
      true,
    )
    expect(await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    const permissions = await shell.page.evaluate(async () => {
      const place = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code === 1 ? 'denied' : 'failed'),
        ),
      )
      const camera = await navigator.mediaDevices
        .getUserMedia({ video: true })
        .then(() => 'given')
        .catch((error: Error) => error.name)
      return { place, camera, notify: await Notification.requestPermission() }
    })
    expect(permissions).toEqual({ place: 'denied', camera: 'NotAllowedError', notify: 'denied' })
    const restart = await shell.page.evaluate(() =>
      (window as unknown as { timetrack: { startAgain: () => Promise<void> } }).timetrack
        .startAgain()
        .then(() => 'taken')
        .catch(() => 'refused'),
    )
    expect(restart).toBe('refused')
  } finally {
    outside.close()
  }
})

test('a redirect that main itself follows ends at home as well', async () => {
  await atKiosk()
  const outside = createServer((_request, response) =>
    response.writeHead(302, { location: 'http://localhost:9/' }).end(),
  ).listen(0, '127.0.0.1')
  const { port } = outside.address() as AddressInfo
  try {
    await shell.app.evaluate(
      ({ BrowserWindow }, url) =>
        BrowserWindow.getAllWindows()[0]
          ?.webContents.loadURL(url)
          .catch(() => undefined),
      `http://127.0.0.1:${port}/`,
    )
    await expect
      .poll(() => logged('Refused to leave our pages').map(({ what }) => what))
      .toContain('redirect')
  } finally {
    outside.close()
  }
})

test('a server that is killed is replaced behind the page', async () => {
  await atKiosk()
  const first = await pidOfServer()
  process.kill(first, 'SIGKILL')
  await expect.poll(() => logged('Server ended').length, { timeout: 30_000 }).toBe(1)
  await expect.poll(pidOfServer, { timeout: 30_000 }).not.toBe(first)
  await expect
    .poll(() => shell.page.evaluate(() => fetch('/health').then(({ ok }) => ok)).catch(() => false), {
      timeout: 30_000,
    })
    .toBe(true)
  await atKiosk()
})

test('a page that crashes comes back', async () => {
  await atKiosk()
  await shell.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect.poll(() => logged('The page was lost').length, { timeout: 30_000 }).toBe(1)
  await expect
    .poll(
      () => shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
      { timeout: 60_000 },
    )
    .toMatch(kiosk)
})

test('quitting drains the server, and nothing is left', async () => {
  await atKiosk()
  const server = await pidOfServer()
  const main = shell.app.process()
  const ended = new Promise<number | null>((resolve) => main.once('exit', resolve))
  main.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(shell.log()).toContain('"msg":"Draining"')
  await expect
    .poll(() => {
      try {
        return process.kill(server, 0)
      } catch {
        return false
      }
    })
    .toBe(false)
})

test('a second start raises the first one’s window and ends', async () => {
  await atKiosk()
  const second = await startShell(['--data', shell.data]).catch((error: unknown) => String(error))
  if (typeof second !== 'string') await second.close()
  expect(second).toMatch(/closed|exit|terminated/i)
  expect(await pidOfServer()).toBeGreaterThan(0)
})
