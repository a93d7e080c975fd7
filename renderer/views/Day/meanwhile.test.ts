// @vitest-environment node
import { expect, test } from 'vitest'
import type { Event } from '../../../contract/events.ts'
import { explainedAs, makeDay, makeEvent } from '../../fixtures/world.ts'
import { blocksOf, timed } from './blocks.ts'
import { foreignChanges, heirsOf, whatHappened } from './meanwhile.ts'

const blocksIn = (...groups: Event[][]) => {
  const day = makeDay(...groups)
  return blocksOf(timed(day.events), day.sessions)
}
const events = () => [makeEvent('09:00', '09:10'), makeEvent('09:10', '09:20')]

/** What is said of a block of two events after the hub answers with `change` of them. */
function after(change: (events: Event[]) => Event[], before = events()) {
  const [block] = blocksIn(before)
  return whatHappened(block!, foreignChanges(before, change(before.map((event) => ({ ...event })))))
}

test('nothing changed, or more of the same came, is nothing to be told', () => {
  expect(after((all) => all)).toBeNull()
  expect(after((all) => [...all, makeEvent('09:20', '09:30')])).toBeNull()
})

test('what was explained elsewhere is told with where it went, and whether some is left', () => {
  const explain = (event: Event) => ({ ...event, ...explainedAs(3, 30) })
  expect(after((all) => all.map(explain))).toMatchObject({
    what: 'explained',
    target: { projectId: 3, milestoneId: 30 },
    isPart: false,
  })
  expect(after(([first, second]) => [explain(first!), second!])).toMatchObject({
    what: 'explained',
    isPart: true,
  })
})

test('ignored, private and deleted are told as such', () => {
  expect(after((all) => all.map((event) => ({ ...event, ignored: true })))?.what).toBe('ignored')
  expect(after((all) => all.map((event) => ({ ...event, private: true })))?.what).toBe('private')
  expect(after(() => [])?.what).toBe('deleted')
})

test('an assignment that was taken away or moved is told to whoever has it in hand', () => {
  const explained = events().map((event) => ({ ...event, ...explainedAs(1, 10) }))
  expect(after((all) => all.map((event) => ({ ...event, assignment: null })), explained)?.what).toBe(
    'unexplained',
  )
  expect(after((all) => all.map((event) => ({ ...event, ...explainedAs(2, 20) })), explained)).toMatchObject({
    what: 'explained',
    target: { projectId: 2 },
  })
})

test('parts in other sessions are another block; all of it in another session is the same one', () => {
  expect(after(([first, second]) => [first!, { ...second!, sessionId: 99_998 }])?.what).toBe('regrouped')
  expect(after((all) => all.map((event) => ({ ...event, sessionId: 99_999 })))).toBeNull()
})

test('an event that was cut in two was not deleted', () => {
  const [whole] = events()
  const parts = [
    makeEvent('09:00', '09:04', { sessionId: 500 }),
    makeEvent('09:04', '09:10', { sessionId: 501 }),
  ]
  const [block] = blocksIn([whole!])
  expect(whatHappened(block!, foreignChanges([whole!], parts))?.what).toBe('regrouped')
})

test('what one deleted here oneself is nothing that happened elsewhere', () => {
  const shown = events().map((event) => ({ ...event, deleted: true }))
  expect(foreignChanges(shown, []).size).toBe(0)
})

test('a block lives on in those that hold its events, or the parts that they were cut into', () => {
  const [first, second] = events()
  const [block] = blocksIn([first!, second!])
  const [other, one, two] = blocksIn([makeEvent('08:00', '08:10')], [{ ...first! }], [{ ...second! }])
  expect(heirsOf(block!, [other!, one!, two!])).toEqual([one, two])
  const [early, late] = blocksIn([makeEvent('09:00', '09:04')], [makeEvent('09:04', '09:20')])
  expect(heirsOf(block!, [other!, early!, late!])).toEqual([early, late])
})
