import { describe, expect, test } from 'vitest'
import { withBlock, withoutBlock } from './places.ts'
import { optionsFile, optionsIn, readRequest } from './request.ts'
import { judge, type Look } from './trial.ts'

describe('what is asked for', () => {
  test.each([
    [['dist', '--windowed'], undefined],
    [['--uninstall'], { kind: 'uninstall' }],
    [['--js-flags=--x --y', '--install'], { kind: 'install', labwc: false, options: [] }],
    [
      ['--install', '--labwc', '--port=8001', '--data', '/srv/tt', '--ozone-platform=x11'],
      { kind: 'install', labwc: true, options: ['--port', '8001', '--data', '/srv/tt'] },
    ],
  ])('%j', (argv, expected) => {
    expect(readRequest(argv)).toEqual(expected)
  })

  test.each([[['--port', '8o']], [['--port']], [['--data', '/srv/time track']], [['--data', '/srv/$HOME']]])(
    'a mistake is refused at once: %j',
    (argv) => {
      expect(() => readRequest(['--install', ...argv])).toThrow()
    },
  )

  test('options come back from the file that they were written to', () => {
    const options = ['--port', '8001', '--dark-after', '0']
    expect(optionsIn(optionsFile(options))).toEqual(options)
    expect(optionsIn(optionsFile([]))).toEqual([])
    expect(optionsIn(undefined)).toEqual([])
  })
})

describe('a new version', () => {
  const trial = { version: '2.0.0', limitMs: 60_000, steadyMs: 10_000 }
  const looks = (...healthy: (string | undefined)[]): Look[] =>
    healthy.map((version, index) => ({ afterMs: index * 5000, healthy: version, unit: 'active' }))
  const good = '2.0.0'

  test('has to stay healthy for a while', () => {
    expect(judge(trial, [])).toEqual({ end: 'wait' })
    expect(judge(trial, looks(undefined, good, good))).toEqual({ end: 'wait' })
    expect(judge(trial, looks(undefined, good, good, good))).toEqual({ end: 'good' })
    expect(judge(trial, looks(good, good, undefined, good, good))).toEqual({ end: 'wait' })
  })

  test.each([
    ['never healthy', Array.from({ length: 13 }, () => undefined), 'not healthy after 60 s'],
    [
      'healthy now and then',
      Array.from({ length: 13 }, (_, i) => (i % 2 ? undefined : good)),
      'now and then',
    ],
    ['not the one that answers', Array.from({ length: 13 }, () => '1.0.0'), '1.0.0 answers in its place'],
  ])('%s is bad', (_what, versions, why) => {
    const verdict = judge(trial, looks(...versions))
    expect(verdict).toMatchObject({ end: 'bad', why: expect.stringContaining(why) })
  })

  test('is bad as soon as systemd gives up', () => {
    expect(judge(trial, [{ afterMs: 0, healthy: undefined, unit: 'failed' }])).toMatchObject({ end: 'bad' })
  })
})

test('lines of ours come and go without touching others', () => {
  const block = '# >>> TimeTrack x\na\n# <<< TimeTrack\n'
  expect(withBlock('', block)).toBe(block)
  expect(withBlock('b &\n', block)).toBe(`b &\n${block}`)
  expect(withBlock(`b\n${block}c\n`, block)).toBe(`b\nc\n${block}`)
  expect(withoutBlock(`b\n${block}c\n`)).toBe('b\nc\n')
})
