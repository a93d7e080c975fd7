import { expect, test } from 'vitest'
import { ConfigProblem, readConfig } from './config.ts'

test('a command line says where the data lives; the rest has defaults', () => {
  expect(readConfig(['--data', '/srv/timetrack', '--zone', 'Europe/Berlin'])).toMatchObject({
    host: '0.0.0.0',
    port: 8000,
    data: '/srv/timetrack',
    zone: 'Europe/Berlin',
    synchronous: 'FULL',
    readers: 2,
    slowMs: 500,
  })
})

test.each([
  ['--data', []],
  ['--data', ['--data', '']],
  ['--tempo', ['--data', 'd', '--tempo', 'fast']],
  ['extra', ['--data', 'd', 'extra']],
  ['--port', ['--data', 'd', '--port']],
  ['--port', ['--data', 'd', '--port', '70000']],
  ['--port', ['--data', 'd', '--port', '-1']],
  ['--port', ['--data', 'd', '--port', '80.5']],
  ['--port', ['--data', 'd', '--port', ' ']],
  ['--zone', ['--data', 'd', '--zone', 'Berlin']],
  ['--synchronous', ['--data', 'd', '--synchronous', 'full']],
  ['--cache-mb', ['--data', 'd', '--cache-mb', '1000']],
  ['--slow-ms', ['--data', 'd', '--slow-ms', 'slow']],
])('what cannot be meant is refused, naming %s: %j', (option, args) => {
  let problem: unknown
  try {
    readConfig(args)
  } catch (error) {
    problem = error
  }
  expect(problem).toBeInstanceOf(ConfigProblem)
  expect((problem as ConfigProblem).message).toContain(option)
})
