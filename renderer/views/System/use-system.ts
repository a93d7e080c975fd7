import { onScopeDispose, ref, shallowRef } from 'vue'
import type { System } from '../../../contract/system.ts'
import { ask } from '../../api.ts'
import { clock } from '../../i18n/format.ts'
import { reasonOf } from '../../i18n/reasons.ts'

const REFRESH = 5_000

/** How the hub is, asked again while the page can be seen. What was known stays when it falls silent. */
export function useSystem() {
  const system = shallowRef<System | null>(null)
  const failure = ref<string | null>(null)
  /** wall time of the last answer, since the hub is silent */
  const silentSince = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  let isAsking = false

  async function load(): Promise<void> {
    if (isAsking) return
    isAsking = true
    clearTimeout(timer)
    try {
      system.value = await ask('system.get')
      failure.value = null
      silentSince.value = null
    } catch (error) {
      failure.value = reasonOf(error)
      if (system.value !== null) silentSince.value = clock(system.value.now)
    }
    isAsking = false
    // A page in the background asks for nothing, and neither does one that was left.
    if (!isOver && !document.hidden) timer = setTimeout(() => void load(), REFRESH)
  }

  function turn() {
    clearTimeout(timer)
    if (!document.hidden) void load()
  }

  document.addEventListener('visibilitychange', turn)
  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', turn)
  })
  void load()

  return { system, failure, silentSince, load }
}
