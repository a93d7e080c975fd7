import { expect, test } from 'vitest'
import { exitWords } from './exit-words.ts'

test.each([
  [null, 'SIGKILL', 'killed from outside, perhaps because the machine ran out of memory'],
  [null, 'SIGSEGV', 'crashed (SIGSEGV)'],
  [null, 'SIGTERM', 'ended by SIGTERM'],
  [1, null, 'ended with code 1'],
  [0, null, 'ended with code 0'],
  [null, null, 'could not be started'],
])('code %s, signal %s: %s', (code, signal, words) => {
  expect(exitWords({ code, signal })).toBe(words)
})
