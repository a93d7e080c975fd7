import { computed, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { Rule } from '../../../contract/rule.ts'
import type { RuleProposal } from '../../../contract/rules.ts'
import { asApiError, ask } from '../../api.ts'
import { t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { useRules } from '../../stores/rules.ts'
import { type Draft, draftFrom, draftOf, emptyDraft } from './draft.ts'

/** What the editor shows: a stored rule, or one that is being made, of nothing, of another or of events. */
export type Subject = {
  key: string
  rule: Rule | null
  draft: Draft
  proposal: RuleProposal | null
  /** why there is no proposal */
  complaint: string | null
}

/**
 * Reads the address: `/app/rules/7`, `/app/rules/new`, `/app/rules/new?copy=7`, and `/app/rules?from=12,13` for a
 * rule of these events. `first`: without any of these the first rule is shown.
 */
export function useSubject(first: () => boolean) {
  const route = useRoute()
  const store = useRules()

  const from = computed(() => {
    const named = route.query['from']
    return typeof named === 'string' ? named.split(',').map(Number).filter(Number.isSafeInteger) : []
  })
  const isNew = computed(() => route.params['rule'] === 'new' || from.value.length > 0)
  /** the rule that the address names */
  const named = computed(() =>
    /^\d+$/.test(String(route.params['rule'])) ? Number(route.params['rule']) : null,
  )
  const chosen = computed(() => {
    if (isNew.value) return null
    return named.value ?? (first() ? (store.rules[0]?.id ?? null) : null)
  })
  const isOpen = computed(() => isNew.value || named.value !== null)

  const proposed = shallowRef<{ of: string; proposal: RuleProposal | null; complaint: string | null } | null>(
    null,
  )
  watch(
    () => from.value.join(','),
    async (ids) => {
      if (ids === '') return
      let proposal: RuleProposal | null = null
      let complaint: string | null = null
      try {
        proposal = await ask('rules.propose', { eventIds: from.value })
      } catch (error) {
        const hasNothing = 'eventIds' in asApiError(error).fields
        complaint = hasNothing ? t('rules.from.nothing') : reasonOf(error)
      }
      if (from.value.join(',') === ids) proposed.value = { of: ids, proposal, complaint }
    },
    { immediate: true },
  )

  /** Null while it is looked up, or when there is none. */
  const subject = computed<Subject | null>(() => {
    const nothing = { rule: null, proposal: null, complaint: null }
    const ids = from.value.join(',')
    if (ids !== '') {
      if (proposed.value?.of !== ids) return null
      const { proposal, complaint } = proposed.value
      const draft = proposal ? draftFrom(proposal) : emptyDraft()
      return { key: `from ${ids}`, rule: null, draft, proposal, complaint }
    }
    if (isNew.value) {
      const copied = store.byId.get(Number(route.query['copy']))
      if (!copied) return { ...nothing, key: 'new', draft: emptyDraft() }
      const draft = { ...draftOf(copied), name: t('rules.copyOf', { name: copied.name }) }
      return { ...nothing, key: `copy ${copied.id}`, draft }
    }
    const rule = chosen.value === null ? undefined : store.byId.get(chosen.value)
    return rule ? { ...nothing, key: String(rule.id), rule, draft: draftOf(rule) } : null
  })

  return { subject, chosen, isNew, isOpen, named }
}
