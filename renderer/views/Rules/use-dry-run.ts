import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Request } from '../../../contract/calls.ts'
import type { FieldMessages } from '../../../contract/errors.ts'
import type { RulePreview } from '../../../contract/rules.ts'
import { asApiError } from '../../api.ts'
import { askLines } from '../../ask-lines.ts'
import { reasonOf } from '../../i18n/reasons.ts'

type Asked = Request<'rules.preview'>

/** Somebody who types has stopped. */
const PAUSE = 350

/**
 * What a rule would do, asked anew whenever what is `asked` changes: the one before is called off. What was
 * known stays to be seen meanwhile, as something of before.
 */
export function useDryRun(asked: () => Asked | null) {
  const state = ref<'idle' | 'running' | 'done' | 'refused' | 'failed' | 'stopped'>('idle')
  const result = shallowRef<RulePreview | null>(null)
  const progress = ref<number | null>(null)
  const failure = ref<string | null>(null)
  /** what the hub does not accept, by its names for the fields */
  const told = shallowRef<FieldMessages>({})
  let running: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function callOff() {
    clearTimeout(timer)
    running?.abort()
    running = null
  }

  async function run(request: Asked): Promise<void> {
    const mine = new AbortController()
    running = mine
    try {
      for await (const line of askLines('rules.preview', request, mine.signal)) {
        if (mine.signal.aborted) return
        if ('result' in line) result.value = line.result
        else progress.value = line.progress.total === 0 ? 1 : line.progress.done / line.progress.total
      }
      told.value = {}
      state.value = 'done'
    } catch (error) {
      if (mine.signal.aborted) return
      const { fields } = asApiError(error)
      told.value = fields
      failure.value = reasonOf(error)
      state.value = Object.keys(fields).length > 0 ? 'refused' : 'failed'
    } finally {
      if (running === mine) running = null
    }
  }

  function again(pause = 0) {
    callOff()
    const request = asked()
    progress.value = null
    if (request === null) {
      result.value = null
      told.value = {}
      state.value = 'idle'
      return
    }
    state.value = 'running'
    timer = setTimeout(() => void run(request), pause)
  }

  function stop() {
    callOff()
    state.value = 'stopped'
  }

  watch(
    () => JSON.stringify(asked()),
    (_now, before) => again(before === undefined ? 0 : PAUSE),
    { immediate: true },
  )
  onScopeDispose(callOff)

  return {
    state,
    result,
    progress,
    failure,
    told,
    /** what is shown is not the answer to what is asked */
    isOld: computed(() => state.value !== 'done'),
    again,
    stop,
  }
}

export type DryRun = ReturnType<typeof useDryRun>
