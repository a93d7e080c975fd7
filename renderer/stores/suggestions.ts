import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { SessionSuggestions } from '../../contract/suggestions.ts'
import type { Day } from '../../contract/time.ts'
import { ask } from '../api.ts'

type Offers = ReadonlyMap<number, SessionSuggestions['offers']>

/** What the hub thinks the sessions of a day belong to. Without it the day can be explained as well. */
export const useSuggestions = defineStore('suggestions', () => {
  const offers = shallowRef<Offers>(new Map())
  /** day and person that were asked for, and that were answered */
  let shown = ''
  let known = ''
  let asked = 0
  let underWay: Promise<unknown> = Promise.resolve()

  function load(day: Day, user: string | null): Promise<void> {
    const key = `${day} ${user ?? ''}`
    if (key !== shown) offers.value = new Map()
    shown = key
    const mine = ++asked
    const asking = ask('suggestions.ofDay', user === null ? { day } : { day, user }).then(
      ({ items }) => {
        if (mine !== asked) return
        known = key
        offers.value = new Map(items.map((one) => [one.sessionId, one.offers]))
      },
      // The next change asks again.
      () => undefined,
    )
    expect(asking)
    return asking
  }

  /** Something is under way that will change what is offered. */
  function expect(change: Promise<unknown>): void {
    underWay = Promise.allSettled([underWay, change]).then(() => undefined)
  }

  /** Resolves when what is under way has come in. */
  const settled = (): Promise<unknown> => underWay

  const isKnown = (): boolean => known === shown

  return { offers, load, expect, settled, isKnown }
})
