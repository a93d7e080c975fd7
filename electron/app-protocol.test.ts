import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerSplash, fileFor } from './app-protocol.ts'

let folder: string
let root: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-splash-'))
  root = join(folder, 'splash')
  mkdirSync(root)
  writeFileSync(join(root, 'index.html'), '<p>hello</p>')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  mkdirSync(join(folder, 'splash-other'))
  writeFileSync(join(folder, 'splash-other/a.js'), 'secret')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (url: string, method = 'GET') => answerSplash(root, { url, method })

test('a file of ours is answered with its type and a strict policy', async () => {
  const answer = await get('app://timetrack/index.html')
  expect(await answer.text()).toBe('<p>hello</p>')
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
})

test.each([
  'app://timetrack/../secret.js',
  'app://timetrack/%2e%2e/secret.js',
  'app://timetrack/..%2fsecret.js',
  'app://timetrack/..%2f..%2f..%2fetc/passwd',
  'app://timetrack/%2e%2e%2fsplash-other/a.js',
  'app://timetrack/..%5csecret.js',
  'app://timetrack/index.html%00.js',
  'app://timetrack/%',
  'app://timetrack/',
  'app://elsewhere/index.html',
  'app://timetrack/missing.js',
  'app://timetrack/index.html.map',
])('nothing else: %s', async (url) => {
  expect((await get(url)).status).toBe(404)
})

test('it is read only', async () => {
  expect((await get('app://timetrack/index.html', 'POST')).status).toBe(404)
})

test('a query changes nothing', () => {
  expect(fileFor(root, 'app://timetrack/index.html?a=/../../x')?.path).toBe(join(root, 'index.html'))
})
