import { computed, onScopeDispose, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import type { Request } from '../../../contract/calls.ts'
import { asApiError } from '../../api.ts'
import { t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { complain, say } from '../../notice.ts'
import { recall, remember } from '../../storage.ts'
import { useHub } from '../../stores/hub.ts'
import { useProjects } from '../../stores/projects.ts'
import { useRules } from '../../stores/rules.ts'
import { asksForSomething, draftOf, fieldsOf } from './draft.ts'
import { RANGES, type RangeName, rangeOf } from './ranges.ts'
import { useApply } from './use-apply.ts'
import { useDraft } from './use-draft.ts'
import { useDryRun } from './use-dry-run.ts'
import { useLeaving } from './use-leaving.ts'
import type { Subject } from './use-subject.ts'

/** A rule at hand: as it is written, what it would do, and what is done with it. */
export function useEditor(subject: () => Subject) {
  const router = useRouter()
  const hub = useHub()
  const projects = useProjects()
  const store = useRules()
  const kept = recall('rules.range')

  const form = useDraft(subject().draft)
  const { draft } = form
  const name = ref<RangeName>(RANGES.find((one) => one === kept) ?? 'month')
  const range = computed(() => (hub.today === null ? null : rangeOf(name.value, hub.today)))
  const isSaving = ref(false)
  let isGone = false

  watch(name, (chosen) => remember('rules.range', chosen))

  /** What the dry run is of. A rule that nobody has named or given a target yet can be tried all the same. */
  function asked(): Request<'rules.preview'> | null {
    if (range.value === null || !asksForSomething(draft)) return null
    const anywhere = projects.active[0] && { projectId: projects.active[0].id, milestoneId: null }
    const place = draft.place ?? anywhere
    if (!place) return null
    const { rule } = subject()
    const fields = { ...fieldsOf({ ...draft, place }), name: 'draft', enabled: true }
    return { ...range.value, draft: rule === null ? fields : { ...fields, id: rule.id } }
  }
  const dryRun = useDryRun(asked)
  watch(dryRun.told, (fields) => form.told(fields))

  const applying = useApply(() => store.applications++)
  // Also of an editor that is there no more: that of a new rule makes place for that of the stored one.
  watch(
    () => store.applications,
    () => dryRun.again(),
  )

  const isNew = computed(() => subject().rule === null)
  const leaving = useLeaving(
    computed(() => form.isChanged.value && !isSaving.value),
    form.discard,
  )

  // Somebody else changed it: what is not written over here is shown.
  watch(
    () => subject().draft,
    (now) => {
      if (!form.isChanged.value) form.reset(now)
    },
  )

  async function send() {
    const { rule } = subject()
    const fields = fieldsOf(draft)
    return rule === null ? store.create(fields) : store.change(rule.id, fields)
  }

  /** Returns whether it is saved; what is wrong shows in the form. */
  async function save(alsoPast: boolean): Promise<boolean> {
    if (isSaving.value || applying.isApplying.value || !form.checkAll()) return false
    const wasNew = isNew.value
    isSaving.value = true
    form.failure.value = null
    try {
      const saved = await send()
      form.reset(draftOf(saved))
      if (alsoPast && range.value !== null) await applying.apply(saved, range.value)
      else say(t('rules.done.saved', { name: saved.name }))
      if (wasNew && !isGone) await router.replace({ name: 'rules', params: { rule: saved.id }, query: {} })
      return true
    } catch (error) {
      const { fields } = asApiError(error)
      form.told(fields)
      if (form.checkAll()) form.failure.value = reasonOf(error)
      return false
    } finally {
      isSaving.value = false
    }
  }

  async function apply() {
    const { rule } = subject()
    if (rule !== null && range.value !== null) await applying.apply(rule, range.value)
  }

  async function enable(enabled: boolean, isBack = false): Promise<void> {
    const { rule } = subject()
    if (rule === null) return
    try {
      await store.change(rule.id, { enabled })
      const what = t(enabled ? 'rules.done.on' : 'rules.done.off', { name: rule.name })
      say(what, isBack ? null : () => void enable(!enabled, true))
    } catch (error) {
      complain(t('day.failed', { reason: reasonOf(error) }))
    }
  }

  onScopeDispose(() => (isGone = true))

  return { form, name, range, dryRun, applying, leaving, isNew, isSaving, save, apply, enable }
}
