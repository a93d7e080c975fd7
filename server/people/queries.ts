import type { Answer, Input } from '../../contract/calls.ts'
import { peopleReads } from '../../db/people.ts'
import { query } from '../threads/define.ts'
import { personToWire } from './wire.ts'

export const peopleQueries = {
  'people.list': query<Input<'people.list'>, Answer<'people.list'>>(
    ['users', 'attempts'],
    ({ sql, zone, clock }) => {
      const people = peopleReads(sql)
      return () => ({ items: people.all().map((row) => personToWire(row, zone, clock())) })
    },
  ),
}
