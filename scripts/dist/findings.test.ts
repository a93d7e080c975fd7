import { expect, test } from 'vitest'
import { Findings } from './findings.ts'

test('one miss is enough, and what could not be checked is neither', async () => {
  const findings = new Findings()
  expect(findings.isFine).toBe(false) // nothing checked is nothing shown
  findings.ok('one')
  findings.notChecked('two', 'no Electron')
  expect(findings.isFine).toBe(true)
  await findings.attempt('three', () => {
    throw new Error('broken')
  })
  expect(findings.isFine).toBe(false)
  expect(findings.table()).toMatch(/one\s+ok\n\s+two\s+not checked\s+no Electron\n\s+three\s+MISS\s+broken$/)
})

test('long lists of misses are cut, their number is not', () => {
  const findings = new Findings()
  findings.judge(
    'files',
    Array.from({ length: 10 }, (_, index) => `f${index}`),
  )
  expect(findings.all[0]?.note).toBe('f0, f1, f2, f3, f4, f5, f6, f7, and 2 more')
})
