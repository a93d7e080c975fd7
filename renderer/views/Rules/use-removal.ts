import { useRouter } from 'vue-router'
import type { Rule } from '../../../contract/rule.ts'
import { t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { complain, say } from '../../notice.ts'
import { useRules } from '../../stores/rules.ts'

/** Removes a rule without asking: it can be brought back to the place it had. */
export function useRemoval(): (rule: Rule) => Promise<void> {
  const router = useRouter()
  const store = useRules()

  async function bringBack({ name, priority, enabled, user, conditions, target }: Rule): Promise<void> {
    try {
      const { id } = await store.create({ name, priority, enabled, user, conditions, target })
      say(t('day.done.undo', { what: t('rules.done.removed', { name }) }))
      await router.push({ name: 'rules', params: { rule: id } })
    } catch (error) {
      complain(t('rules.notUndone', { reason: reasonOf(error) }))
    }
  }

  return async (rule) => {
    try {
      // First away from it, so that its editor is not asked about what is left unwritten.
      await router.push({ name: 'rules' })
      await store.remove(rule.id)
      say(t('rules.done.removed', { name: rule.name }), () => void bringBack(rule))
    } catch (error) {
      complain(t('rules.notRemoved', { reason: reasonOf(error) }))
    }
  }
}
