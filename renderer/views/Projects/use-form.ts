import { computed, ref, shallowReactive, shallowRef } from 'vue'
import { asApiError } from '../../api.ts'
import { t } from '../../i18n/index.ts'
import { fieldReason, reasonOf } from '../../i18n/reasons.ts'

type Check<Values> = { [K in keyof Values]?: (value: Values[K]) => string | undefined }

/**
 * A form over a copy of `initial`: checks a field when it is left and all when it is saved, shows what
 * the hub says about fields at the fields, and asks once before changes are thrown away.
 */
export function useForm<Values extends Record<string, unknown>>(initial: Values, checks: Check<Values>) {
  const values: Values = shallowReactive({ ...initial })
  const errors = shallowRef<Partial<Record<keyof Values, string>>>({})
  const failure = ref<string | null>(null)
  const isSaving = ref(false)
  const isAsking = ref(false)
  const isChanged = computed(() => Object.keys(initial).some((field) => values[field] !== initial[field]))

  function check(field: keyof Values): void {
    const message = checks[field]?.(values[field])
    const next = { ...errors.value }
    if (message === undefined) delete next[field]
    else next[field] = message
    errors.value = next
  }

  async function save(send: () => Promise<unknown>): Promise<boolean> {
    for (const field of Object.keys(checks)) check(field)
    if (Object.keys(errors.value).length > 0 || isSaving.value) return false
    isSaving.value = true
    failure.value = null
    try {
      await send()
      return true
    } catch (error) {
      const { fields } = asApiError(error)
      const known = Object.entries(fields).filter(([field]) => field in initial)
      errors.value = Object.fromEntries(
        known.map(([field, message]) => [field, fieldReason(message)]),
      ) as Partial<Record<keyof Values, string>>
      if (known.length === 0) failure.value = reasonOf(error)
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
