import { expect, test } from 'vitest'
import { dataFolder, databaseFile } from './data-folder.ts'

test('the folder follows TIMETRACK_DATA, then XDG_DATA_HOME, then the home folder', () => {
  const home = '/home/anna'
  expect(dataFolder({ TIMETRACK_DATA: '/a', XDG_DATA_HOME: '/b' }, home)).toBe('/a')
  expect(dataFolder({ XDG_DATA_HOME: '/b' }, home)).toBe('/b/timetrack')
  expect(dataFolder({ TIMETRACK_DATA: '', XDG_DATA_HOME: '' }, home)).toBe(
    '/home/anna/.local/share/timetrack',
  )
  expect(databaseFile('/a')).toBe('/a/timetrack.db')
})
