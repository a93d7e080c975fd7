import { expect, test } from 'vitest'
import { ShellProblem, type ShellState } from '../../contract/bridge.ts'
import { say, wordsFor } from './words.ts'

const steps = ['database', 'starting', 'ready', 'closing'] as const
const states: ShellState[] = [
  ...steps.map((step) => ({ step })),
  { step: 'restarting', reason: 'ended with code 1' },
  ...ShellProblem.options.map((problem) => ({ step: 'problem' as const, problem, detail: 'EACCES' })),
]

test.each(['de', 'en'] as const)('every state has words in %s, every problem something to do', (locale) => {
  const words = wordsFor(locale)
  for (const state of states) {
    const said = say(state, words)
    expect(said.title).not.toBe('')
    expect(said.isProblem).toBe(state.step === 'problem')
    if (said.isProblem) {
      expect(said.advice).not.toBe('')
      expect(said.detail).toBe('EACCES')
    }
  }
})

test('German for German-speaking countries, English for the others', () => {
  expect(['de', 'de-DE', 'de-AT', 'de-CH'].map((locale) => wordsFor(locale).lang)).toEqual([
    'de',
    'de',
    'de',
    'de',
  ])
  expect(['en-GB', 'fr', 'del', ''].map((locale) => wordsFor(locale).lang)).toEqual(['en', 'en', 'en', 'en'])
})
