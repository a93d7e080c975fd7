import { expect, test } from 'vitest'
import { hubPage, isOurs, originOf, SPLASH_URL } from './origins.ts'

test('our pages are the splash page and the hub at its port', () => {
  expect(isOurs(SPLASH_URL, null)).toBe(true)
  expect(isOurs(hubPage(8000, false), 8000)).toBe(true)
  expect(isOurs(hubPage(8000, true), 8000)).toBe(true)
  expect(isOurs('http://127.0.0.1:8000/app/week?day=2026-11-24', 8000)).toBe(true)
})

test.each([
  'http://localhost:8000/kiosk',
  'http://127.0.0.1:8001/kiosk',
  'http://127.0.0.1:80000/kiosk',
  'http://127.0.0.1/kiosk',
  'https://127.0.0.1:8000/kiosk',
  'http://127.0.0.1:8000@example.invalid/',
  'http://anna:secret@127.0.0.1:8000/',
  'http://127.0.0.1.example.invalid:8000/',
  'http://example.invalid/?next=http://127.0.0.1:8000/kiosk',
  'http://example.invalid/#app://timetrack',
  'http://[::1]:8000/kiosk',
  'app://elsewhere/index.html',
  'app:timetrack',
  'file:///etc/passwd',
  'data:text/html,hello',
  'blob:http://127.0.0.1:8000/0',
  'javascript:alert(1)',
  'about:blank',
  'chrome://gpu',
  'view-source:http://127.0.0.1:8000/',
  '',
])('elsewhere: %s', (url) => {
  expect(isOurs(url, 8000)).toBe(false)
})

test('before the hub listens, no page of it is ours', () => {
  expect(isOurs('http://127.0.0.1:8000/kiosk', null)).toBe(false)
})

test('numbers that mean the same address are the same origin', () => {
  expect(originOf('http://2130706433:8000/')).toBe('http://127.0.0.1:8000')
})
