import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RuleConditions } from '../../contract/rule.ts'
import { conditionsOf } from './conditions.ts'
import { comparable, covers, keyOfConditions } from './covers.ts'
import { lazyRegex } from './regex.ts'
import { subjectOf, type RuleEvent } from './subject.ts'

type Asked = RuleConditions & { user?: number }
const ready = ({ user, ...conditions }: Asked) => comparable({ user_id: user ?? null, conditions })

describe('a rule that always comes first', () => {
  test.each<[Asked, Asked]>([
    [{ app: 'acad' }, { app: 'ACAD.EXE', titleContains: 'x' }],
    [{ app: 'a*' }, { app: 'acad' }],
    [{ app: 'a*' }, { app: 'ac?d*' }],
    [{ app: '??ad' }, { app: 'acad' }],
    [{ titleContains: 'WHN' }, { titleContains: '2417_whn_Grundriss' }],
    [{ titleContains: 'whn' }, { titleRegex: '^\\d+_WHN_' }],
    [{ titleRegex: 'a+' }, { titleRegex: 'a+', app: 'acad' }],
    [{ url: 'example' }, { url: 'www.example/x' }],
    [{ url: 'a*b' }, { url: 'xa*c*by' }],
    [{ phone: '+4930*' }, { phone: '+49 30 123' }],
    [{ phone: '+4930*' }, { phone: '+493012*' }],
    [{ contact: 'frau' }, { contact: 'Frau Yıldız', phone: '+4930' }],
    [{ source: 'phone' }, { source: 'phone', contact: 'x' }],
    [{ app: 'acad' }, { app: 'acad', user: 1 }],
    [
      { app: 'acad', user: 1 },
      { app: 'acad', user: 1 },
    ],
  ])('%j leaves nothing to %j', (wide, narrow) => {
    expect(covers(ready(wide), ready(narrow))).toBe(true)
  })

  test.each<[Asked, Asked]>([
    [{ app: 'acad' }, { titleContains: 'x' }],
    [{ app: 'acad' }, { app: 'a*' }],
    [{ app: 'a?' }, { app: 'a*' }],
    [{ titleContains: 'whn_x' }, { titleContains: 'whn' }],
    [{ titleContains: 'whn' }, { titleRegex: 'whn|ksh' }],
    [{ titleRegex: 'a+' }, { titleRegex: 'aa+' }],
    [{ url: 'a*b' }, { url: 'b*a' }],
    [{ phone: '+493012' }, { phone: '+493012*' }],
    [{ phone: '+4930*' }, { contact: 'x' }],
    [{ source: 'phone' }, { contact: 'x' }],
    [{ app: 'acad', user: 1 }, { app: 'acad' }],
    [
      { app: 'acad', user: 1 },
      { app: 'acad', user: 2 },
    ],
  ])('%j leaves something to %j', (wide, narrow) => {
    expect(covers(ready(wide), ready(narrow))).toBe(false)
  })
})

test('how a condition is written makes no difference to what it asks for', () => {
  const key = (asked: Asked) => keyOfConditions(ready(asked))
  expect(key({ app: 'ACAD.exe', titleContains: 'Straße' })).toBe(
    key({ app: 'acad', titleContains: 'STRASSE' }),
  )
  expect(key({ phone: '0049 30 1' })).toBe(key({ phone: '+49 (0)30-1' }))
  expect(key({ phone: '+491' })).not.toBe(key({ phone: '+491*' }))
  expect(key({ app: 'acad' })).not.toBe(key({ app: 'acad', user: 1 }))
})

const some = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 })
const asked: fc.Arbitrary<RuleConditions> = fc.record({
  app: some('acad', 'a*', 'a?ad', '*d', 'b'),
  titleContains: some('plan', 'planx', 'a', 'xa'),
  titleRegex: some('plan', 'plan|xa', 'xa$'),
  url: some('a', 'a*b', 'ab', 'b*a'),
  phone: some('+49', '+49*', '+491', '+491*'),
  contact: some('frau', 'frau x'),
  source: some('window', 'phone'),
})
const event: fc.Arbitrary<RuleEvent> = fc.record({
  source: fc.constantFrom('window', 'phone'),
  user_id: fc.constant(1),
  title: fc.option(fc.constantFrom('plan', 'planxa', 'xa', 'xa plan', 'a')),
  app: fc.option(fc.constantFrom('acad', 'a', 'ad', 'abad', 'b')),
  url: fc.option(fc.constantFrom('ab', 'a-b', 'ba', 'b-a-b')),
  phone_number: fc.option(fc.constantFrom('+49', '+491', '+4912')),
  contact: fc.option(fc.constantFrom('frau', 'frau x y')),
})

test('what is said to leave nothing leaves nothing', () => {
  fc.assert(
    fc.property(asked, asked, event, (wide, narrow, one) => {
      if (!covers(ready(wide), ready(narrow))) return
      const subject = subjectOf(one)
      const holds = (conditions: RuleConditions) =>
        conditionsOf(conditions, (pattern) => lazyRegex(pattern, 1)).every((each) => each.holds(subject))
      if (holds(narrow)) expect(holds(wide)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})
