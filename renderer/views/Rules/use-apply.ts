import { ref } from 'vue'
import type { RuleApplied } from '../../../contract/rules.ts'
import { ApiError, asApiError, ask } from '../../api.ts'
import { askLines } from '../../ask-lines.ts'
import { t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { complain, say } from '../../notice.ts'
import type { Range } from './ranges.ts'

/** Does to the past what the dry run says, and can take it back; `after` either, what it did is read again. */
export function useApply(after: () => void) {
  const isApplying = ref(false)
  const progress = ref(0)

  async function stream(request: Range & { rule: number }): Promise<RuleApplied> {
    for await (const line of askLines('rules.apply', request)) {
      if ('result' in line) return line.result
      if ('error' in line) throw new ApiError('conflict', line.error.message)
      progress.value = line.progress.total === 0 ? 1 : line.progress.done / line.progress.total
    }
    throw new ApiError('offline', 'the answer broke off')
  }

  async function undo(batch: number, what: string): Promise<void> {
    try {
      const { left } = await ask('batches.undo', { id: String(batch) })
      say(left.length > 0 ? t('rules.undone.left', { what }, left.length) : t('day.done.undo', { what }))
    } catch (error) {
      complain(t('rules.notUndone', { reason: reasonOf(error) }))
    }
    after()
  }

  async function apply(rule: { id: number; name: string }, range: Range): Promise<void> {
    if (isApplying.value) return
    isApplying.value = true
    progress.value = 0
    try {
      const { batch, changed } = await stream({ ...range, rule: rule.id })
      if (batch === null) say(t('rules.done.appliedNothing', { name: rule.name }))
      else {
        const what = t('rules.done.applied', { name: rule.name }, changed)
        say(what, () => void undo(batch, what))
      }
    } catch (error) {
      const isBusy = asApiError(error).code === 'conflict'
      complain(isBusy ? t('rules.applyConflict') : t('rules.notApplied', { reason: reasonOf(error) }))
    } finally {
      isApplying.value = false
    }
    after()
  }

  return { isApplying, progress, apply }
}
