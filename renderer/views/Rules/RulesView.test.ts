import { type DOMWrapper, type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RouterView, createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Rule } from '../../../contract/rule.ts'
import { Refused, fakeHub, lines } from '../../fixtures/fake-hub.ts'
import { makeFindings, makePreview, makeSample, makeStoredRule } from '../../fixtures/rules.ts'
import { DAY, PROJECTS } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import { hush, notice } from '../../notice.ts'
import RulesView from './RulesView.vue'

const HOUR = 3_600_000
let page: VueWrapper
let router: Router
let stored: Rule[]

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => {},
    removeEventListener: () => {},
  }))
  localStorage.clear()
  hush()
  await showLocale('de')
  stored = [
    makeStoredRule(1, 'Werkhalle', { conditions: { app: 'acad*', titleContains: 'Werkhalle' } }),
    makeStoredRule(2, 'Kita', {
      target: { projectId: 2, milestoneId: 20, activity: null, commentTemplate: null },
    }),
    makeStoredRule(3, 'Statik alt'),
  ]
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function show(path = '/app/rules', answers: Parameters<typeof fakeHub>[0] = {}) {
  const hub = fakeHub({
    'get /api/hub': () => ({
      version: '1',
      zone: 'Europe/Berlin',
      dayStartMinutes: 0,
      now: `${DAY}T12:00:00+01:00`,
      today: DAY,
    }),
    'get /api/users': () => ({ items: [{ handle: 'anna', name: 'Anna', colour: 0, lastEvent: null }] }),
    'get /api/projects': () => ({ items: PROJECTS }),
    'get /api/batches': () => ({ items: [] }),
    'get /api/rules': () => ({ items: stored }),
    'get /api/rules/check': () => makeFindings(),
    'post /api/rules/preview': () => lines({ result: makePreview() }),
    ...answers,
  })
  vi.stubGlobal('fetch', hub.fetch)
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/app/rules/:rule(\\d+|new)?', name: 'rules', component: RulesView },
      ...['day', 'projects'].map((name) => ({
        path: `/app/${name}/:day?`,
        name,
        component: { template: '' },
      })),
    ],
  })
  await router.push(path)
  page = mount(RouterView, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await settle()
  return hub
}

/** Lets somebody stop typing, and answers arrive. */
async function settle(ms = 400) {
  await flushPromises()
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

const body = () => document.body
const field = (label: string): HTMLInputElement => {
  const found = [...body().querySelectorAll('label')].find((one) => one.textContent.trim() === label)
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement
}
const button = (text: string) =>
  [...body().querySelectorAll('button')].find(
    (one) => one.textContent.trim().startsWith(text) || one.getAttribute('aria-label') === text,
  )
async function click(text: string) {
  button(text)?.click()
  await settle(0)
}
async function write(label: string, text: string) {
  field(label).value = text
  field(label).dispatchEvent(new Event('input'))
  await settle()
}
async function leave(label: string) {
  field(label).dispatchEvent(new Event('blur'))
  await settle(0)
}
const press = async (on: Element | null | undefined, key: string, more: KeyboardEventInit = {}) => {
  on?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await settle(0)
}
const rows = (): DOMWrapper<Element>[] => page.findAll('[data-rule]')
const names = () => rows().map((row) => row.find('.name').text())
const text = () => page.text().replaceAll(/\s+/g, ' ')
const draftOf = (asked: unknown) => (asked as { draft: Record<string, unknown> }).draft

describe('the list', () => {
  test('says what each rule asks for, did, and what is wrong with it', async () => {
    stored[2] = { ...stored[2]!, enabled: true }
    await show('/app/rules', {
      'get /api/rules/check': () =>
        makeFindings({
          all: { events: 10, ms: 60 * HOUR },
          used: [
            { rule: 1, matched: 9, won: 9, ms: 42.6 * HOUR },
            { rule: 3, matched: 4, won: 0, ms: 0 },
          ],
          shadowed: [{ rule: 3, by: 1, sameTarget: true }],
        }),
    })
    expect(rows().map((row) => row.text().replaceAll(/\s+/g, ' '))).toEqual([
      'Werkhalleacad* · Titel enthält „Werkhalle“42:3630 Tage',
      'Kitaacad*',
      'Statik altvon „Werkhalle“ verdeckt0:0030 Tage',
    ])
    expect(text()).toContain('3 aktiv · erklären 71 % der letzten 30 Tage')
  })

  test('is of use without figures', async () => {
    await show('/app/rules', {
      'get /api/rules/check': () => {
        throw new Refused(503, 'busy')
      },
    })
    expect(names()).toEqual(['Werkhalle', 'Kita', 'Statik alt'])
    expect(text()).toContain('3 aktiv')
  })

  test('moves a rule with Alt and the arrows, keeps the focus on it, and takes it back', async () => {
    const hub = await show('/app/rules', {
      'put /api/rules/order': ({ body: asked }) => {
        const { ids } = asked as { ids: number[] }
        stored = ids.flatMap((id) => stored.find((rule) => rule.id === id) ?? [])
        return { items: stored }
      },
    })
    const link = rows()[0]?.element as HTMLElement
    link.focus()
    await press(link, 'ArrowDown')
    expect(document.activeElement).toBe(rows()[1]?.element)
    await press(document.activeElement, 'ArrowDown', { altKey: true })
    expect(names()).toEqual(['Werkhalle', 'Statik alt', 'Kita'])
    expect(document.activeElement?.textContent).toContain('Kita')
    expect(notice.value?.text).toBe('„Kita“ an Stelle 3 von 3')
    await press(document.activeElement, 'ArrowDown', { altKey: true })
    notice.value?.undo?.()
    await settle()
    expect(names()).toEqual(['Werkhalle', 'Kita', 'Statik alt'])
    expect(hub.bodies('put /api/rules/order')).toEqual([{ ids: [1, 3, 2] }, { ids: [1, 2, 3] }])
  })

  test('has buttons for those who cannot drag', async () => {
    const hub = await show('/app/rules', { 'put /api/rules/order': () => ({ items: stored }) })
    await click('Weitere Aktionen')
    await click('Reihenfolge ändern')
    expect(button('„Werkhalle“ nach oben')?.disabled).toBe(true)
    await click('„Werkhalle“ nach unten')
    expect(hub.bodies('put /api/rules/order')).toEqual([{ ids: [2, 1, 3] }])
  })

  test('that is empty says how a rule comes about', async () => {
    stored = []
    await show()
    expect(text()).toContain('Noch keine Regel')
    await press(window.document.body, 'n')
    expect(router.currentRoute.value.params['rule']).toBe('new')
    expect(field('Name')).toBe(document.activeElement)
  })

  test('that cannot be loaded says so, and tries again', async () => {
    let isSilent = true
    await show('/app/rules', {
      'get /api/rules': () => {
        if (isSilent) throw new Refused(503, 'busy')
        return { items: stored }
      },
    })
    expect(text()).toContain('Die Regeln lassen sich gerade nicht laden')
    isSilent = false
    await click('Erneut versuchen')
    expect(names()).toHaveLength(3)
  })
})

describe('writing a rule', () => {
  test('shows what it would do, asked anew when somebody stops typing', async () => {
    const hub = await show('/app/rules/1', {
      'post /api/rules/preview': () =>
        lines(
          { progress: { done: 0, total: 9 } },
          {
            result: makePreview({
              caught: { events: 38, ms: 7 * HOUR, samples: [makeSample(1)] },
              changed: { events: 30, ms: 6 * HOUR },
              places: [
                { place: { projectId: 1, milestoneId: 10 }, ms: 31 * HOUR, newMs: 37.5 * HOUR },
                { place: null, ms: 8 * HOUR, newMs: 1.5 * HOUR },
              ],
              budgets: [
                { projectId: 1, milestoneId: 10, plannedHours: 60, doneHours: 54.5, newDoneHours: 61 },
              ],
              held: [
                { why: 'manual', events: 2, ms: HOUR, samples: [makeSample(2, { headline: 'Von Hand' })] },
                { why: 'import', events: 1, ms: HOUR, samples: [] },
              ],
            }),
          },
        ),
    })
    expect(hub.bodies('post /api/rules/preview')).toHaveLength(1)
    expect(page.findAll('.dry .row').map((row) => row.text().replaceAll(/\s+/g, ' '))).toEqual([
      'nicht erklärt−6:301:30bleibt',
      'Werkhalle Nord · AusführungsplanungBudget danach 61 von 60 h +6:3037:30danach',
    ])
    expect(text()).toContain(
      '3 Ereignisse bleiben, wie sie sind: 2 von Hand zugeordnet, 1 aus einem Import. Anzeigen',
    )
    expect(text()).not.toContain('Von Hand')
    await click('Anzeigen')
    expect(text()).toContain('Von Hand')
    for (const app of ['a', 'ac', 'aca']) {
      field('Programm').value = app
      field('Programm').dispatchEvent(new Event('input'))
      await vi.advanceTimersByTimeAsync(100)
    }
    await settle()
    const asked = hub.bodies('post /api/rules/preview')
    expect(asked).toHaveLength(2)
    expect(asked[1]).toMatchObject({ from: '2026-11-01', to: DAY, draft: { id: 1, enabled: true } })
    expect(draftOf(asked[1])['conditions']).toEqual({ app: 'aca', titleContains: 'Werkhalle' })
  })

  test('calls off the dry run that is under way', async () => {
    const signals: (AbortSignal | null | undefined)[] = []
    const hub = await show('/app/rules/1')
    vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
      if (!address.endsWith('/preview')) return hub.fetch(address, init)
      signals.push(init.signal)
      return new Promise(() => {})
    })
    await write('Programm', 'revit')
    await write('Programm', 'rfem')
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, false])
    page.unmount()
    expect(signals[1]?.aborted).toBe(true)
  })

  test('shows what the hub says of a field once it was left, and saves nothing meanwhile', async () => {
    const hub = await show('/app/rules/1', {
      'post /api/rules/preview': ({ body: asked }) => {
        const { titleRegex } = draftOf(asked)['conditions'] as { titleRegex?: string }
        if (titleRegex === undefined) return lines({ result: makePreview() })
        throw new Refused(422, 'invalid', {
          'conditions.titleRegex': 'is too complex: its program has 9003 steps, at most 500 are allowed',
        })
      },
      'patch /api/rules/1': () => stored[0],
    })
    await click('Titel-Regex')
    await write('Titel-Regex', '(x{90}){100}')
    expect(text()).not.toContain('Zu aufwendig')
    await leave('Titel-Regex')
    expect(text()).toContain('Zu aufwendig: 9003 Schritte, erlaubt sind 500')
    expect(field('Titel-Regex').getAttribute('aria-invalid')).toBe('true')
    await click('Nur ab jetzt')
    expect(hub.bodies('patch /api/rules/1')).toEqual([])
    await click('Bedingung „Titel-Regex“ entfernen')
    await settle()
    expect(text()).not.toContain('Zu aufwendig')
  })

  test('asks for a name, a condition and a target when they are missing', async () => {
    const hub = await show('/app/rules/new')
    await leave('Name')
    expect(text()).toContain('Darf nicht leer sein.')
    await click('Nur ab jetzt')
    expect(text()).toContain('Mindestens eine Bedingung ausfüllen')
    expect(text()).toContain('Ein Ziel wählen.')
    expect(document.activeElement).toBe(field('Name'))
    expect(hub.bodies('post /api/rules')).toEqual([])
  })

  test('without a target shows what it catches, but not what that would change', async () => {
    const hub = await show('/app/rules/new', {
      'post /api/rules/preview': () =>
        lines({
          result: makePreview({
            caught: { events: 1, ms: HOUR, samples: [makeSample(1)] },
            changed: { events: 1, ms: HOUR },
            places: [{ place: null, ms: HOUR, newMs: 0 }],
          }),
        }),
    })
    expect(text()).toContain('Sobald eine Bedingung da ist')
    await write('Programm', 'acad*')
    expect(text()).toContain('Grundriss.dwg')
    expect(page.findAll('.dry .row')).toEqual([])
    expect(draftOf(hub.bodies('post /api/rules/preview')[0])['target']).toMatchObject({ projectId: 1 })
  })

  test('saves with Ctrl and Enter, from now on', async () => {
    const hub = await show('/app/rules/1', {
      'patch /api/rules/1': ({ body: fields }) => ({ ...stored[0], ...(fields as object), version: 2 }),
    })
    await write('Name', 'Halle')
    await press(field('Name'), 'Enter', { ctrlKey: true })
    expect(hub.bodies('patch /api/rules/1')).toMatchObject([{ name: 'Halle' }])
    expect(hub.bodies('post /api/rules/apply')).toEqual([])
    expect(names()[0]).toBe('Halle')
    expect(notice.value?.text).toBe('„Halle“ gespeichert, gilt ab jetzt')
    expect(button('Nur ab jetzt')).toBeUndefined()
  })

  test('applies to the past, in one action that can be taken back', async () => {
    const hub = await show('/app/rules/1', {
      'patch /api/rules/1': ({ body: fields }) => ({ ...stored[0], ...(fields as object) }),
      'post /api/rules/apply': () =>
        lines({ progress: { done: 5, total: 5 } }, { result: { batch: 77, changed: 30 } }),
      'post /api/batches/77/undo': () => ({ batch: 77, restored: [1], left: [2] }),
    })
    await write('Name', 'Halle')
    await click('Speichern und auf November anwenden')
    expect(hub.bodies('post /api/rules/apply')).toEqual([{ from: '2026-11-01', to: DAY, rule: 1 }])
    expect(notice.value?.text).toBe('„Halle“ hat 30 Ereignisse geändert')
    notice.value?.undo?.()
    await settle()
    expect(notice.value?.text).toContain('1 Ereignis war seitdem geändert und blieb')
  })

  test('says what became of applying that stopped halfway', async () => {
    await show('/app/rules/1', {
      'post /api/rules/preview': () => lines({ result: makePreview({ changed: { events: 1, ms: 1 } }) }),
      'post /api/rules/apply': () =>
        lines({ progress: { done: 1, total: 5 } }, { error: { code: 'conflict', message: 'x' } }),
    })
    await click('Auf November anwenden')
    expect(notice.value).toMatchObject({ tone: 'bad', text: expect.stringContaining('Nicht angewendet') })
  })

  test('asks once before changes are thrown away', async () => {
    await show('/app/rules/1')
    await write('Name', 'Halle')
    await router.push('/app/rules/2')
    await settle()
    expect(router.currentRoute.value.path).toBe('/app/rules/1')
    expect(text()).toContain('Änderungen verwerfen?')
    await click('Weiter bearbeiten')
    expect(field('Name').value).toBe('Halle')
    await router.push('/app/projects')
    await click('Verwerfen')
    await settle()
    expect(router.currentRoute.value.path).toBe('/app/projects')
  })

  test('without changes asks nothing', async () => {
    await show('/app/rules/1')
    await write('Name', 'x')
    await write('Name', 'Werkhalle')
    await router.push('/app/rules/2')
    expect(router.currentRoute.value.path).toBe('/app/rules/2')
  })
})

describe('what is done with a rule', () => {
  test('removing it can be taken back to where it was', async () => {
    const hub = await show('/app/rules/2', {
      'delete /api/rules/2': () => new Response(null, { status: 204 }),
      'post /api/rules': () => stored[1],
    })
    const editor = page.find('.editor')
    editor.find('[aria-label="Weitere Aktionen"]').element.dispatchEvent(new MouseEvent('click'))
    await settle(0)
    await click('Löschen')
    expect(names()).toEqual(['Werkhalle', 'Statik alt'])
    notice.value?.undo?.()
    await settle()
    expect(hub.bodies('post /api/rules')).toMatchObject([{ name: 'Kita', priority: 98, enabled: true }])
    expect(names()).toEqual(['Werkhalle', 'Kita', 'Statik alt'])
  })

  test('switching it off does not touch what is written', async () => {
    const hub = await show('/app/rules/1', {
      'patch /api/rules/1': ({ body: fields }) => ({ ...stored[0], ...(fields as object) }),
    })
    await write('Name', 'Halle')
    await page.find('.switch input').setValue(false)
    await settle()
    expect(hub.bodies('patch /api/rules/1')).toEqual([{ enabled: false }])
    expect(rows()[0]?.text()).toContain('ausgeschaltet')
    expect(field('Name').value).toBe('Halle')
  })

  test('a copy is a new rule that says the same', async () => {
    const hub = await show('/app/rules/new?copy=1', { 'post /api/rules': () => stored[0] })
    expect(field('Name').value).toBe('Werkhalle (Kopie)')
    await click('Nur ab jetzt')
    expect(hub.bodies('post /api/rules')).toMatchObject([
      { name: 'Werkhalle (Kopie)', conditions: { app: 'acad*', titleContains: 'Werkhalle' } },
    ])
  })

  test('one that is gone says so', async () => {
    await show('/app/rules/99')
    expect(text()).toContain('Diese Regel gibt es nicht mehr')
  })
})

describe('a rule made of events', () => {
  test('begins with what is proposed, and says what else it would catch', async () => {
    const hub = await show('/app/rules?from=12,13', {
      'post /api/rules/propose': () => ({
        name: '2417_WHN',
        conditions: { titleContains: '2417_WHN', app: 'acad' },
        target: { projectId: 1, milestoneId: 10, activity: null, commentTemplate: null },
        others: {
          events: 12,
          ms: 4 * HOUR,
          targets: [
            { place: null, events: 10, ms: 3 * HOUR },
            { place: { projectId: 2, milestoneId: 20 }, events: 2, ms: HOUR },
          ],
        },
      }),
    })
    expect(hub.bodies('post /api/rules/propose')).toEqual([{ eventIds: [12, 13] }])
    expect(field('Titel enthält').value).toBe('2417_WHN')
    expect(page.find('.others').text().replaceAll(/\s+/g, ' ')).toBe(
      'Vorschlag aus den gewählten Ereignissen. In den letzten 90 Tagen träfe er noch 12 Ereignisse (4:00):nicht erklärt 3:00Kita Sonnenhof · Kostenberechnung 1:00',
    )
    expect(button('Speichern und auf November anwenden')).toBeDefined()
  })

  test('of events that have nothing in common is written by hand', async () => {
    await show('/app/rules?from=12,13', {
      'post /api/rules/propose': () => {
        throw new Refused(422, 'invalid', { eventIds: 'have nothing in common that a rule could go by' })
      },
    })
    expect(text()).toContain('haben nichts gemeinsam')
    expect(field('Programm').value).toBe('')
  })
})
