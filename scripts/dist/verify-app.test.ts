import { expect, test } from 'vitest'
import { importsOf } from './verify-app.ts'

test('imports of a bundle are found in each of their forms, and each once', () => {
  const code = [
    'import { a } from "./wire.js"',
    "import 'node:fs'",
    'const later = await import("./rebuild.js")',
    'var zlib = __require("zlib")',
    'import { b } from "./wire.js"',
  ].join('\n')
  expect(importsOf(code)).toEqual(['./wire.js', 'node:fs', './rebuild.js', 'zlib'])
})

test('a type in a comment is not imported', () => {
  const code = [
    '\t*',
    "\t* @param {import('./index.js').RE2JS} pattern",
    "   * @type {import('./index.js').RE2JS}",
    '  *list() { yield import("./list.js") }',
  ].join('\n')
  expect(importsOf(code)).toEqual(['./list.js'])
})
