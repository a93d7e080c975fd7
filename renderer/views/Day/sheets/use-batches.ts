import { ref, shallowRef } from 'vue'
import type { Batch } from '../../../../contract/assignments.ts'
import { asApiError, ask } from '../../../api.ts'
import { t } from '../../../i18n/index.ts'
import { reasonOf } from '../../../i18n/reasons.ts'
import { onLiveChange } from '../../../live.ts'
import { useDay } from '../../../stores/day.ts'
import { useHistory } from '../../../stores/history.ts'

const SHOWN = '30'

/** The latest actions as the hub knows them, whoever did them, and taking them back. */
export function useBatches() {
  const day = useDay()
  const history = useHistory()
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const failure = ref('')
  const batches = shallowRef<Batch[]>([])
  const busy = ref<number | null>(null)
  /** what came of taking something back, where it needs a word */
  const outcome = shallowRef<ReadonlyMap<number, string>>(new Map())

  async function load(): Promise<void> {
    try {
      batches.value = (await ask('batches.list', { limit: SHOWN })).items
      state.value = 'ready'
    } catch (error) {
      failure.value = reasonOf(error)
      if (state.value !== 'ready') state.value = 'failed'
    }
  }
  void load()
  onLiveChange(['batches'], () => void load())

  async function undo(id: number): Promise<void> {
    busy.value = id
    const tell = (text: string) => (outcome.value = new Map(outcome.value).set(id, text))
    try {
      const left = await day.undo({ batches: [id], before: new Map() })
      history.forget(id)
      if (left > 0) tell(t('history.left', {}, left))
    } catch (error) {
      tell(
        asApiError(error).code === 'conflict'
          ? t('day.undo.already')
          : t('day.failed', { reason: reasonOf(error) }),
      )
    }
    busy.value = null
    await load()
  }

  return { state, failure, batches, busy, outcome, undo, load }
}
