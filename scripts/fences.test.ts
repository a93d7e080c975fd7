import path from 'node:path'
import { ESLint } from 'eslint'
import { expect, test } from 'vitest'
import { untyped } from '../eslint.config.ts'
import { findCycle, importGraph } from './cycles.ts'

const root = path.resolve(import.meta.dirname, '..')
const eslint = new ESLint({ cwd: root, overrideConfigFile: true, baseConfig: untyped })

/** What the fences (or, for `rule`, another rule) say about a source text at a place where no file need exist. */
async function said(file: string, text: string, rule = 'timetrack/fence'): Promise<string[]> {
  const source = file.endsWith('.vue')
    ? `<script setup lang="ts">\n${text}\n</script>\n<template><p /></template>\n`
    : text
  const [result] = await eslint.lintText(source, { filePath: path.join(root, file) })
  const messages = result?.messages ?? []
  expect(messages.filter(({ fatal }) => fatal)).toEqual([])
  return messages.filter(({ ruleId }) => ruleId === rule).map(({ message }) => message)
}

const forbidden: [what: string, file: string, text: string, advice: RegExp][] = [
  ['contract imports db', 'contract/x.ts', `import '../db/x.ts'`, /contract\/ is shared by every process/],
  ['contract imports Node', 'contract/x.ts', `import 'node:fs'`, /contract\/ is shared by every process/],
  ['contract imports another package', 'contract/x.ts', `import 'zod-extra'`, /contract\/ is shared/],
  ['db imports server', 'db/x.ts', `import '../server/clock.ts'`, /db\/ keeps rows/],
  ['db imports values of contract', 'db/x.ts', `import { a } from '../contract/a.ts'`, /db\/ keeps rows/],
  ['db imports zod', 'db/x.ts', `import { z } from 'zod'`, /described once, in contract/],
  [
    'a feature imports a feature',
    'server/a/x.ts',
    `import '../b/y.ts'`,
    /does not reach into another feature/,
  ],
  [
    'a feature imports types of a feature',
    'server/a/x.ts',
    `import type { B } from '../b/y.ts'`,
    /does not reach into another feature/,
  ],
  ['a feature imports express', 'server/a/x.ts', `import 'express'`, /Express stays in server\/http/],
  ['a feature imports zod', 'server/a/routes.ts', `import 'zod'`, /described once, in contract/],
  ['a feature imports SQLite', 'server/a/x.ts', `import 'better-sqlite3'`, /SQLite is spoken only in db/],
  [
    'a feature imports the renderer',
    'server/a/x.ts',
    `import '../../renderer/x.ts'`,
    /A feature does not reach/,
  ],
  ['server/http imports electron', 'server/http/x.ts', `import '../../electron/x.ts'`, /server\/ builds on/],
  ['server/threads imports express', 'server/threads/x.ts', `import 'express'`, /Express stays in/],
  ['server/host imports db', 'server/host/x.ts', `import '../../db/x.ts'`, /Electron imports server\/host/],
  ['server/host imports http', 'server/host/x.ts', `import '../http/x.ts'`, /Electron imports server\/host/],
  ['server/main.ts imports scripts', 'server/main.ts', `import '../scripts/x.ts'`, /server\/ builds on/],
  ['renderer imports server', 'renderer/x.ts', `import '../server/x.ts'`, /The renderer only speaks HTTP/],
  [
    'renderer imports values of contract',
    'renderer/x.ts',
    `import { a } from '../contract/a.ts'`,
    /only speaks/,
  ],
  [
    'renderer imports a type beside nothing',
    'renderer/x.ts',
    `import { type A } from '../contract/a.ts'`,
    /The renderer only speaks HTTP/,
  ],
  ['a view imports Node', 'renderer/views/Day/DayView.vue', `import 'node:fs'`, /only speaks HTTP/],
  ['renderer/ui imports a store', 'renderer/ui/X.vue', `import '../stores/x.ts'`, /knows no store/],
  ['renderer/ui imports i18n', 'renderer/ui/X.vue', `import { useI18n } from 'vue-i18n'`, /knows no store/],
  [
    'electron imports a feature',
    'electron/x.ts',
    `import '../server/events/x.ts'`,
    /Electron starts the server/,
  ],
  [
    'electron imports the renderer',
    'electron/x.ts',
    `import '../renderer/x.ts'`,
    /Electron starts the server/,
  ],
  ['a test reaches into e2e', 'server/a/x.test.ts', `import '../../e2e/x.ts'`, /A feature does not reach/],
  ['a lazy import crosses', 'renderer/x.ts', `void import('../server/x.ts')`, /only speaks HTTP/],
  ['a type crosses inline', 'db/x.ts', `export type A = import('../server/x.ts').A`, /db\/ keeps rows/],
  [
    'a computed import',
    'server/a/x.ts',
    'void import(`../${1}.ts`)',
    /computed import crosses fences unseen/,
  ],
  ['a barrel', 'contract/x.ts', `export * from './y.ts'`, /No barrels/],
  ['a named barrel', 'server/a/x.ts', `export { a } from './y.ts'`, /No barrels/],
  ['an index file', 'server/a/index.ts', `export const a = 1`, /No index files/],
  ['a folder of odds and ends', 'server/utils/x.ts', `export const a = 1`, /No grab bags/],
  ['a file of odds and ends', 'renderer/helpers.ts', `export const a = 1`, /No grab bags/],
]

test.each(forbidden)('refused: %s', async (_what, file, text, advice) => {
  const messages = await said(file, text)
  expect(messages).toHaveLength(1)
  expect(messages[0]).toMatch(advice)
})

const permitted: [file: string, text: string][] = [
  ['contract/x.ts', `import { z } from 'zod'; import { a } from './a.ts'`],
  ['contract/x.test.ts', `import 'vitest'; import 'node:fs'`],
  ['db/x.ts', `import 'better-sqlite3'; import 'node:fs'; import { a } from '../contract/time.ts'`],
  ['db/migrations/x.ts', `import type { A } from '../../contract/a.ts'; import '../open.ts'`],
  ['server/main.ts', `import './events/routes.ts'; import './http/app.ts'`],
  ['server/a/routes.ts', `import 'express'; import '../http/route.ts'; import '../clock.ts'`],
  ['server/a/x.ts', `import '../../db/x.ts'; import '../../contract/a.ts'; import './y.ts'`],
  ['server/a/x.test.ts', `import '../b/y.ts'; import 'vitest'; import 'fast-check'`],
  ['server/http/app.ts', `import 'express'; import '../threads/pool.ts'`],
  ['server/threads/x.ts', `import '../../db/open.ts'; import 'node:worker_threads'`],
  ['server/host/x.ts', `import 'node:child_process'; import '../../contract/a.ts'`],
  ['server/field/x.ts', `import 'zod'`],
  ['renderer/router.ts', `void import('./views/Day/DayView.vue'); import 'vue-router'`],
  ['renderer/x.ts', `import type { A } from '../contract/a.ts'; import { b } from '../contract/time.ts'`],
  ['renderer/i18n/index.ts', `export * from './de.json'`],
  ['renderer/ui/X.vue', `import { Check } from '@lucide/vue'; import './Y.vue'; import 'reka-ui'`],
  ['electron/main.ts', `import 'electron'; import '../server/host/x.ts'; import '../db/open.ts'`],
  [
    'scripts/x.ts',
    `import 'better-sqlite3'; import '../server/http/app.ts'; void import(process.env['X'] ?? '')`,
  ],
  ['e2e/x.ts', `import '@playwright/test'; import '../scripts/x.ts'`],
]

test.each(permitted)('permitted in %s: %s', async (file, text) => {
  expect(await said(file, text)).toEqual([])
})

const effects: [rule: string, text: string, refusedIn: string, permittedIn: string[]][] = [
  ['no-console', `console.log(1)`, 'server/a/x.ts', ['server/main.ts', 'electron/main.ts', 'scripts/x.ts']],
  ['no-restricted-properties', `process.exit(1)`, 'server/a/x.ts', ['server/main.ts', 'e2e/x.ts']],
  [
    'no-restricted-properties',
    `export const e = process.env`,
    'db/x.ts',
    ['server/main.ts', 'vite.config.ts'],
  ],
  [
    'no-restricted-syntax',
    `export const d = new Date(0)`,
    'renderer/X.vue',
    ['contract/time.ts', 'db/x.test.ts'],
  ],
  [
    'no-restricted-syntax',
    `export const d = Date.now()`,
    'server/a/x.ts',
    ['server/clock.ts', 'scripts/x.ts'],
  ],
  ['no-restricted-syntax', `export const d = Date.parse('')`, 'contract/events.ts', ['server/main.ts']],
  ['max-lines', '//\n'.repeat(301), 'server/a/x.ts', ['server/a/x.test.ts']],
  ['max-lines', '//\n'.repeat(251), 'renderer/X.vue', ['renderer/x.ts']],
]

test.each(effects)('%s guards `%.40s`', async (rule, text, refusedIn, permittedIn) => {
  expect(await said(refusedIn, text, rule)).toHaveLength(1)
  for (const file of permittedIn) expect(await said(file, text, rule)).toEqual([])
})

test('a ring of imports is found', () => {
  const chain = [
    ['a', ['b']],
    ['b', ['c']],
  ] satisfies [string, string[]][]
  expect(findCycle(new Map(chain))).toBeUndefined()
  expect(findCycle(new Map([...chain, ['c', ['b']]]))).toEqual(['b', 'c', 'b'])
})

test('no files of ours import each other in a ring', () => {
  const graph = importGraph(root)
  expect(graph.get('scripts/fences.test.ts')).toContain('scripts/cycles.ts')
  expect(findCycle(graph)).toBeUndefined()
})
