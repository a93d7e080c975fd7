import { computed, reactive, ref, shallowReactive, shallowRef, watch } from 'vue'
import { type Draft, type DraftField, asksForSomething, fieldOf, saysTheSame } from './draft.ts'
import type { FieldMessages } from '../../../contract/errors.ts'
import { t } from '../../i18n/index.ts'
import { ruleReason } from './rule-reasons.ts'

type Faults = Partial<Record<DraftField, string | undefined>>

/**
 * A rule being written. Fields are checked when they are left, and all when it is saved; what the hub says of a field
 * shows once that was left, and goes when it is changed.
 */
export function useDraft(initial: Draft) {
  const saved = shallowRef(initial)
  const draft = reactive<Draft>(structuredClone(initial))
  const left = shallowReactive(new Set<DraftField>())
  const own = shallowReactive<Faults>({})
  const hubs = shallowRef<Faults>({})
  const failure = ref<string | null>(null)

  const isChanged = computed(() => !saysTheSame(draft, saved.value))
  const errors = computed<Faults>(() => {
    const shown: Faults = {}
    for (const field of left) shown[field] = own[field] ?? hubs.value[field]
    return shown
  })

  function faultOf(field: DraftField): string | undefined {
    if (field === 'name' && draft.name.trim() === '') return t('reason.field.empty')
    if (field === 'conditions' && !asksForSomething(draft)) return t('rules.reason.noCondition')
    if (field === 'place' && draft.place === null) return t('rules.reason.noTarget')
    return undefined
  }

  /** Somebody has left a field. */
  function leave(field: DraftField): void {
    left.add(field)
    own[field] = faultOf(field)
  }

  /** What the hub says of the fields; null: it accepts them. */
  function told(fields: FieldMessages): void {
    const faults: Faults = {}
    for (const [path, message] of Object.entries(fields)) {
      const field = fieldOf(path)
      if (field) faults[field] = ruleReason(message)
    }
    hubs.value = faults
  }

  /** Checks all that must be there. Returns whether it may be sent. */
  function checkAll(): boolean {
    for (const field of ['name', 'conditions', 'place'] as const) leave(field)
    for (const field of Object.keys(hubs.value) as DraftField[]) left.add(field)
    return Object.values(errors.value).every((fault) => fault === undefined)
  }

  function reset(to: Draft): void {
    saved.value = to
    const { conditions, ...rest } = structuredClone(to)
    Object.assign(draft, rest)
    draft.conditions = conditions
    left.clear()
    hubs.value = {}
    failure.value = null
  }

  watch(
    () => [draft.name, draft.place, asksForSomething(draft)],
    () => {
      for (const field of ['name', 'conditions', 'place'] as const)
        if (own[field] !== undefined) own[field] = faultOf(field)
    },
  )

  return {
    draft,
    errors,
    failure,
    isChanged,
    leave,
    told,
    checkAll,
    reset,
    discard: () => reset(saved.value),
  }
}

export type DraftForm = ReturnType<typeof useDraft>
