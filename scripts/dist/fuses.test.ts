import { expect, test } from 'vitest'
import { factoryWire, FUSES, SENTINEL, setFuses, wrongFuses } from './fuses.ts'

const around = (...wires: Buffer[]) =>
  Buffer.concat(wires.flatMap((wire) => [Buffer.from('code'), wire, Buffer.from('more')]))

test('what Electron ships is not what a kiosk needs', () => {
  expect(wrongFuses(around(factoryWire()))).toEqual([
    'runAsNode',
    'enableNodeOptionsEnvironmentVariable',
    'enableNodeCliInspectArguments',
    'onlyLoadAppFromAsar',
    'grantFileProtocolExtraPrivileges',
  ])
})

test('every wire is set, and nothing around it', () => {
  const program = around(factoryWire(), factoryWire())
  const before = Buffer.from(program)
  setFuses(program)
  expect(wrongFuses(program)).toEqual([])
  expect(program.length).toBe(before.length)
  const differing = [...program].filter((byte, index) => byte !== before[index])
  expect(differing).toHaveLength(10)
  expect(program.subarray(-4).toString()).toBe('more')
})

test('a fuse that Electron has removed stays so', () => {
  const wire = factoryWire()
  wire[SENTINEL.length + 2] = 0x72
  const program = around(wire)
  setFuses(program)
  expect(program[4 + SENTINEL.length + 2]).toBe(0x72)
  expect(wrongFuses(program)).toEqual([])
})

test('a wire that is not known whole ends the build', () => {
  expect(() => setFuses(Buffer.from('nothing here'))).toThrow('no program of Electron')
  const longer = factoryWire()
  longer[SENTINEL.length + 1] = Object.keys(FUSES).length + 1
  expect(() => setFuses(around(longer))).toThrow('has 10 fuses')
  const newer = factoryWire()
  newer[SENTINEL.length] = 2
  expect(() => setFuses(around(newer))).toThrow('version 2')
})
