import { RouterLinkStub, mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { PROJECTS } from '../fixtures/world.ts'
import { showLocale } from '../i18n/index.ts'
import MilestonePicker from './MilestonePicker.vue'
import { optionsOf } from './options.ts'

beforeEach(() => showLocale('de'))

function open(more: object = {}) {
  return mount(MilestonePicker, {
    attachTo: document.body,
    global: { stubs: { RouterLink: RouterLinkStub } },
    props: {
      title: '0:58 zuordnen',
      options: optionsOf(PROJECTS),
      quick: [{ projectId: 3, milestoneId: 30 }],
      starred: new Set<string>(),
      remarks: { activity: null, comment: null },
      ...more,
    },
  })
}

const key = (picker: ReturnType<typeof open>, name: string) =>
  picker.find('[role=combobox]').trigger('keydown', { key: name })
const picked = (picker: ReturnType<typeof open>) =>
  (picker.emitted('pick') as [{ key: string }, object][] | undefined)?.map(([option, remarks]) => [
    option.key,
    remarks,
  ])
const NOTHING = { activity: null, comment: null }

test('enter takes what was used last', async () => {
  const picker = open()
  await key(picker, 'Enter')
  expect(picked(picker)).toEqual([['3/30', NOTHING]])
})

test('typing finds, arrows choose, and the end leads back to the beginning', async () => {
  const picker = open()
  await picker.find('[role=combobox]').setValue('kita')
  await key(picker, 'ArrowDown')
  await key(picker, 'Enter')
  await key(picker, 'ArrowUp')
  await key(picker, 'ArrowUp')
  await key(picker, 'Enter')
  expect(picked(picker)?.map(([option]) => option)).toEqual(['2/21', '2/'])
})

test('nothing found is said, and enter does nothing', async () => {
  const picker = open()
  await picker.find('[role=combobox]').setValue('xyz')
  await key(picker, 'Enter')
  expect(picker.text()).toContain('xyz')
  expect(picked(picker)).toBeUndefined()
})

test('activity and comment go along', async () => {
  const picker = open({ current: '1/10', remarks: { activity: 'Planung', comment: '' } })
  const [, activity, comment] = picker.findAll('input')
  expect(activity?.element.value).toBe('Planung')
  await comment?.setValue('  mit Statik ')
  await key(picker, 'Enter')
  expect(picked(picker)).toEqual([['1/10', { activity: 'Planung', comment: 'mit Statik' }]])
})

test('a star is not a choice', async () => {
  const picker = open()
  await picker.find('[role=option] button').trigger('click')
  expect(picker.emitted('star')).toHaveLength(1)
  expect(picked(picker)).toBeUndefined()
})

test('without projects it says where to make them', () => {
  expect(open({ options: [], quick: [] }).text()).toContain('Zu den Projekten')
})
