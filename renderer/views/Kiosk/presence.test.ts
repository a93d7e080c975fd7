// @vitest-environment node
import { expect, test } from 'vitest'
import { choicesOf, presenceAfter } from './presence.ts'

test('punches that wait to be sent count already', () => {
  expect(presenceAfter('out', [])).toBe('out')
  expect(presenceAfter('out', ['in'])).toBe('in')
  expect(presenceAfter('in', ['break_start', 'break_end', 'out'])).toBe('out')
  expect(presenceAfter(null, ['in', 'break_start'])).toBe('break')
})

test('the large button is what comes next; on a break one can go on or leave', () => {
  expect(choicesOf('out')).toEqual({ main: ['in'], other: null })
  expect(choicesOf('in')).toEqual({ main: ['out'], other: 'break_start' })
  expect(choicesOf('break')).toEqual({ main: ['break_end'], other: 'out' })
})

test('when the hub cannot say, nobody is kept from coming or leaving', () => {
  expect(choicesOf(null).main).toEqual(['in', 'out'])
})
