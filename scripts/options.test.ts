import { homedir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('without options the hub serves this machine from the home folder', () => {
  expect(readOptions([], {})).toEqual({
    headless: false,
    windowed: false,
    port: 8000,
    host: '0.0.0.0',
    data: path.join(homedir(), '.local/share/timetrack'),
    demo: false,
  })
})

test('every option is taken', () => {
  const args = ['--headless', '--windowed', '--port', '0', '--host=0.0.0.0', '--data', '/srv/tt', '--demo']
  expect(readOptions(args, { TIMETRACK_DATA: '/elsewhere' })).toEqual({
    headless: true,
    windowed: true,
    port: 0,
    host: '0.0.0.0',
    data: '/srv/tt',
    demo: true,
  })
})

test('the data folder follows TIMETRACK_DATA, then XDG_DATA_HOME', () => {
  const env = { TIMETRACK_DATA: '/a', XDG_DATA_HOME: '/b' }
  expect(readOptions([], env)).toMatchObject({ data: '/a' })
  expect(readOptions([], { XDG_DATA_HOME: '/b' })).toMatchObject({ data: '/b/timetrack' })
})

test.each([['--prot'], ['--port', '8o'], ['--port', '65536'], ['--port='], ['--host='], ['stray']])(
  'a mistake is refused: %s %s',
  (...args) => {
    expect(() => readOptions(args, {})).toThrow()
  },
)

test('the demo, whose passwords everybody knows, listens on this machine unless it is told otherwise', () => {
  expect(readOptions(['--demo'], {})).toMatchObject({ host: '127.0.0.1' })
  expect(readOptions(['--demo', '--host', '0.0.0.0'], {})).toMatchObject({ host: '0.0.0.0' })
})
