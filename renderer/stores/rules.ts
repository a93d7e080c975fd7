import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Request } from '../../contract/calls.ts'
import type { Rule } from '../../contract/rule.ts'
import type { RuleFindings } from '../../contract/rules.ts'
import { type ApiError, asApiError, ask } from '../api.ts'

export type RuleChange = Omit<Request<'rules.change'>, 'id'>
export type NewRule = Request<'rules.create'>

/** Days over which it is counted what rules did. */
const LOOKED = '30'

/** All rules in the order in which they are tried, and what they did lately. */
export const useRules = defineStore('rules', () => {
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const failure = shallowRef<ApiError | null>(null)
  const rules = shallowRef<readonly Rule[]>([])
  const findings = shallowRef<RuleFindings | null>(null)
  const byId = computed(() => new Map(rules.value.map((rule) => [rule.id, rule])))
  /** counts how often rules were applied to the past, or that was taken back */
  const applications = ref(0)
  let asked = 0
  let checked = 0
  /** the order that is still to be told, and the telling */
  let wanted: number[] | null = null
  let telling: Promise<void> | null = null

  async function load(): Promise<void> {
    const mine = ++asked
    if (state.value !== 'ready') state.value = 'loading'
    try {
      const { items } = await ask('rules.list')
      if (mine !== asked) return
      if (telling === null) rules.value = items
      state.value = 'ready'
      failure.value = null
    } catch (error) {
      if (mine !== asked) return
      failure.value = asApiError(error)
      if (state.value !== 'ready') state.value = 'failed'
    }
  }

  /** What rules did can be missing: the page is of use without it. */
  async function check(): Promise<void> {
    const mine = ++checked
    const found = await ask('rules.check', { days: LOOKED }).catch(() => null)
    if (mine === checked && found !== null) findings.value = found
  }

  async function create(fields: NewRule): Promise<Rule> {
    const rule = await ask('rules.create', fields)
    await load()
    return rule
  }

  async function change(id: number, fields: RuleChange): Promise<Rule> {
    const changed = await ask('rules.change', { id: String(id), ...fields })
    rules.value = rules.value.map((rule) => (rule.id === id ? changed : rule))
    return changed
  }

  async function remove(id: number): Promise<void> {
    await ask('rules.remove', { id: String(id) })
    rules.value = rules.value.filter((rule) => rule.id !== id)
  }

  /** Shows at once; while the hub is being told, only the latest order waits. @throws ApiError */
  function reorder(ids: readonly number[]): Promise<void> {
    const place = new Map(ids.map((id, at) => [id, at]))
    rules.value = rules.value.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
    wanted = [...ids]
    telling ??= tell().finally(() => (telling = null))
    return telling
  }

  async function tell(): Promise<void> {
    try {
      while (wanted !== null) {
        const ids = wanted
        wanted = null
        const { items } = await ask('rules.reorder', { ids })
        if (wanted === null) rules.value = items
      }
    } catch (error) {
      wanted = null
      const { items } = await ask('rules.list').catch(() => ({ items: rules.value }))
      rules.value = items
      throw error
    }
  }

  return { state, failure, rules, findings, applications, byId, load, check, create, change, remove, reorder }
})
