import { expect, test } from 'vitest'
import { readUnitMemory } from './unit-memory.ts'

const UNIT = '/user.slice/user-1000.slice/user@1000.service/app.slice/timetrack.service'
const MB = 1024 * 1024

/** A machine's /proc and /sys, as far as they are looked at. */
function machine(files: Record<string, string>) {
  return (file: string) => {
    const text = files[file]
    if (text === undefined) throw new Error(`ENOENT: ${file}`)
    return text
  }
}

const within = (cgroup: string, controllers: string, files: Record<string, string> = {}) =>
  machine({
    '/proc/self/cgroup': `0::${cgroup}\n`,
    '/sys/fs/cgroup/cgroup.controllers': `${controllers}\n`,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`/sys/fs/cgroup${name}`, text])),
  })

test('a limit that the kernel holds the unit to', () => {
  const read = within(UNIT, 'cpu memory pids', {
    [`${UNIT}/memory.max`]: `${1200 * MB}\n`,
    [`${UNIT}/memory.high`]: `${1100 * MB}\n`,
    '/user.slice/memory.max': 'max\n',
  })
  expect(readUnitMemory(read)).toEqual({ state: 'enforced', maxMb: 1200, highMb: 1100 })
})

test('a smaller limit further up counts, whoever set it', () => {
  const read = within(UNIT, 'memory', {
    [`${UNIT}/memory.max`]: `${1200 * MB}`,
    [`${UNIT}/memory.high`]: 'max',
    '/user.slice/memory.max': `${800 * MB}`,
  })
  expect(readUnitMemory(read)).toEqual({ state: 'enforced', maxMb: 800, highMb: null })
})

test.each([
  ['Raspberry Pi OS boots with cgroup_disable=memory', 'cpuset cpu io pids'],
  ['the controller is there and not handed down to the user', 'cpu memory pids'],
])('a unit whose limits do nothing: %s', (_why, controllers) => {
  expect(readUnitMemory(within(UNIT, controllers))).toEqual({ state: 'ignored' })
})

test.each([
  ['a unit without one', UNIT, { [`${UNIT}/memory.max`]: 'max\n', [`${UNIT}/memory.high`]: 'max\n' }],
  ['a terminal', '/user.slice/user-1000.slice/session-2.scope', {}],
  ['the root', '/', {}],
])('no limit: %s', (_what, cgroup, files) => {
  expect(readUnitMemory(within(cgroup, 'memory', files))).toEqual({ state: 'none' })
})

test.each([
  ['no cgroups at all', {}],
  [
    'the first version of them',
    { '/proc/self/cgroup': '4:memory:/system.slice/timetrack.service\n1:cpu:/\n' },
  ],
  ['both versions', { '/proc/self/cgroup': '4:memory:/a\n0::/\n' }],
])('unknown where the system does not say: %s', (_what, files: Record<string, string>) => {
  expect(readUnitMemory(machine(files))).toEqual({ state: 'unknown' })
})

test('on this machine it answers', () => {
  expect(['enforced', 'ignored', 'none', 'unknown']).toContain(readUnitMemory().state)
})
