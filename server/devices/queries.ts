import type { Answer, Input } from '../../contract/calls.ts'
import { deviceReads } from '../../db/devices.ts'
import { query } from '../threads/define.ts'
import { deviceToWire } from './wire.ts'

export const deviceQueries = {
  'devices.list': query<Input<'devices.list'>, Answer<'devices.list'>>(
    ['devices', 'sightings', 'users'],
    ({ sql, zone }) => {
      const devices = deviceReads(sql)
      return () => ({ items: devices.all().map((row) => deviceToWire(row, zone)) })
    },
  ),
}
