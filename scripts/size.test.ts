import { expect, test } from 'vitest'
import { initialFiles } from './size.ts'

const manifest = {
  'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_vendor.js'] },
  '_vendor.js': { file: 'assets/vendor.js' },
  '_chart.js': { file: 'assets/chart.js', imports: ['_vendor.js'] },
  'views/Day/DayView.vue': { file: 'assets/DayView.js', imports: ['_vendor.js', '_chart.js'] },
  'views/Rules/RulesView.vue': { file: 'assets/RulesView.js' },
}

test('a route loads the entry, its view and what both import, each once', () => {
  expect(initialFiles(manifest, ['views/Day/DayView.vue'])).toEqual([
    'assets/index.js',
    'assets/vendor.js',
    'assets/DayView.js',
    'assets/chart.js',
  ])
})

test('a view that was bundled into the entry is noticed', () => {
  expect(() => initialFiles(manifest, ['views/Kiosk/KioskView.vue'])).toThrow('KioskView.vue is not a chunk')
})
