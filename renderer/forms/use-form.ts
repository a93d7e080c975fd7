import { computed, ref, shallowReactive } from 'vue'
import { asApiError } from '../api.ts'
import { t } from '../i18n/index.ts'
import { fieldReason, reasonOf } from '../i18n/reasons.ts'

/** Field → what is wrong with it; fields without a fault are missing or undefined. */
type Faults<Values> = Partial<Record<keyof Values, string | undefined>>

/**
 * A form over a copy of `initial`: checks a field when it is left and all when it is saved, shows what
 * the hub says about fields at the fields, and asks once before changes are thrown away.
 */
export function useForm<Values extends Record<string, unknown>>(
  initial: Values,
  faultsOf: (values: Values) => Faults<Values>,
) {
  const values: Values = shallowReactive({ ...initial })
  const errors: Faults<Values> = shallowReactive<Faults<Values>>({})
  const fields = Object.keys(initial) as (keyof Values & string)[]
  const failure = ref<string | null>(null)
  const isSaving = ref(false)
  const isAsking = ref(false)
  const isChanged = computed(() => fields.some((field) => values[field] !== initial[field]))

  function check(field: keyof Values): void {
    errors[field] = faultsOf(values)[field]
  }

  async function save(send: () => Promise<unknown>): Promise<boolean> {
    fields.forEach(check)
    if (isSaving.value || fields.some((field) => errors[field] !== undefined)) return false
    isSaving.value = true
    failure.value = null
    try {
      await send()
      return true
    } catch (error) {
      const told = asApiError(error).fields
      for (const field of fields) errors[field] = fieldReason(told[field])
      if (fields.every((field) => errors[field] === undefined)) failure.value = reasonOf(error)
      return false
    } finally {
      isSaving.value = false
    }
  }

  /** Whether the form may go now; with changes it asks first. */
  function mayLeave(): boolean {
    if (!isChanged.value || isAsking.value) return true
    isAsking.value = true
    return false
  }

  function stay(): void {
    isAsking.value = false
  }

  return { values, errors, failure, isSaving, isAsking, check, save, mayLeave, stay }
}

export const needed = (value: string): string | undefined =>
  value.trim() === '' ? t('reason.field.empty') : undefined
