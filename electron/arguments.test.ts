import { expect, test } from 'vitest'
import { profileFolder, readArguments } from './arguments.ts'

const read = (...argv: string[]) => readArguments(argv, { XDG_DATA_HOME: '/data' }, '/home/anna')

test('without options it is the kiosk on the data that the hub without a window uses', () => {
  expect(read()).toEqual({
    windowed: false,
    port: 8000,
    host: '0.0.0.0',
    data: '/data/timetrack',
    darkAfterMinutes: 15,
  })
})

test('ours are found among those of Chromium, Node and test tools', () => {
  const argv = ['--inspect=0', '--remote-debugging-port=0', '--js-flags=--max-old-space-size=128', 'dist']
  expect(
    read(...argv, '--windowed', '--port', '0', '--data=/srv/tt', '--ozone-platform=wayland'),
  ).toMatchObject({ windowed: true, port: 0, data: '/srv/tt' })
})

test.each([
  ['--port', '8o'],
  ['--port', '65536'],
  ['--port'],
  ['--host='],
  ['--data'],
  ['--dark-after', '-1'],
])('a mistake is refused: %s %s', (...argv) => {
  expect(() => read(...argv)).toThrow()
})

test('the window’s profile belongs to the data', () => {
  expect(profileFolder('/srv/tt')).toBe('/srv/tt/window')
})
