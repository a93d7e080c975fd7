import { ask } from '../api.ts'
import { t } from '../i18n/index.ts'
import { reasonOf } from '../i18n/reasons.ts'
import { complain, say } from '../notice.ts'
import { type Entry, useHistory } from './history.ts'

/**
 * Takes back what was done, the latest first. `after` shows what came of it: all is as it was before, or only the
 * hub knows.
 */
export function useUndo(
  after: (entry: Entry, isAsBefore: boolean) => void,
): (entry?: Entry | null) => Promise<void> {
  const history = useHistory()

  return async (entry = history.latest) => {
    if (entry === null) return
    history.drop(entry)
    const batches = [...entry.done.batches]
    let left = 0
    try {
      for (let id = batches.at(-1); id !== undefined; id = batches.at(-1)) {
        left += (await ask('batches.undo', { id: String(id) })).left.length
        batches.pop()
      }
      const what = entry.text
      say(left > 0 ? t('undo.left', { what }, left) : t('day.done.undo', { what }))
      after(entry, left === 0)
    } catch (error) {
      history.add({ ...entry, done: { ...entry.done, batches } })
      complain(t('day.failed', { reason: reasonOf(error) }))
      after(entry, false)
    }
  }
}
