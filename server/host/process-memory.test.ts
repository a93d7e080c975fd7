import { expect, test } from 'vitest'
import { readProcessMemory } from './process-memory.ts'

const status =
  'Name:\tnode\nVmRSS:\t  374132 kB\nRssAnon:\t   26232 kB\nRssFile:\t  347900 kB\nRssShmem:\t       0 kB\n'
const rollup =
  '55 ---p 00000000 00:00 0 [rollup]\nRss: 374132 kB\nPss: 180115 kB\nPss_Anon: 26232 kB\nPss_File: 153883 kB\nPss_Shmem: 0 kB\n'

function files(given: Record<string, string>) {
  return (file: string) => {
    const text = given[file]
    if (text === undefined) throw new Error('EACCES')
    return text
  }
}

test('what a process holds itself leaves out the pages of files', () => {
  const read = files({ '/proc/7/status': status, '/proc/7/smaps_rollup': rollup })
  expect(readProcessMemory(7, read)).toEqual({ rssMb: 365.4, pssMb: 175.9, ownMb: 25.6 })
})

test('where shares may not be read, whole pages count', () => {
  expect(readProcessMemory(7, files({ '/proc/7/status': status }))).toEqual({
    rssMb: 365.4,
    pssMb: null,
    ownMb: 25.6,
  })
})

test('nothing and zero are unknown', () => {
  const unknown = { rssMb: null, pssMb: null, ownMb: null }
  expect(readProcessMemory(7, files({}))).toEqual(unknown)
  const zeros = 'VmRSS:\t0 kB\nRssAnon:\t0 kB\nRssShmem:\t0 kB\n'
  expect(readProcessMemory(7, files({ '/proc/7/status': zeros }))).toEqual(unknown)
})

test.runIf(process.platform === 'linux')('this process is known', () => {
  const { rssMb, pssMb, ownMb } = readProcessMemory(process.pid)
  expect(rssMb).toBeGreaterThan(20)
  expect(pssMb).toBeGreaterThan(10)
  expect(ownMb).toBeGreaterThan(10)
})
