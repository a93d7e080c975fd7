import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ExportPreview } from '../../../contract/export.ts'
import { addressOf, ask } from '../../api.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { onLiveChange } from '../../live.ts'
import { recall, remember } from '../../storage.ts'
import { useHub } from '../../stores/hub.ts'
import { type Range, type RangeName, rangeOf } from './ranges.ts'

export type Format = 'field' | 'excel-de'
/** Wait for the end of a choice before the hub is asked. */
const PAUSE = 200

/** What is to be exported, what that would hold, and the address to download it from. */
export function useExport() {
  const hub = useHub()
  const rangeName = ref<RangeName>('lastWeek')
  const custom = ref<Range | null>(null)
  const user = ref('')
  const project = ref('')
  const includePrivate = ref(false)
  const format = ref<Format>(recall('format') === 'excel-de' ? 'excel-de' : 'field')
  watch(format, (value) => remember('format', value))

  const range = computed<Range | null>(() => {
    if (rangeName.value === 'custom') return custom.value
    return hub.today === null ? null : rangeOf(rangeName.value, hub.today)
  })
  // A range of one's own begins with what was shown.
  watch(rangeName, (name, before) => {
    if (name === 'custom' && before !== 'custom' && hub.today !== null)
      custom.value = { ...rangeOf(before, hub.today) }
  })
  const isBackwards = computed(() => range.value !== null && range.value.from > range.value.to)

  const query = computed(() => {
    if (range.value === null || isBackwards.value) return null
    return {
      from: range.value.from,
      to: range.value.to,
      includePrivate: includePrivate.value ? ('true' as const) : ('false' as const),
      ...(user.value === '' ? {} : { user: user.value }),
      ...(project.value === '' ? {} : { project: project.value }),
    }
  })
  const address = computed(() =>
    query.value === null ? undefined : addressOf('export.csv', { ...query.value, format: format.value }),
  )

  const preview = shallowRef<ExportPreview | null>(null)
  const failure = ref<string | null>(null)
  const isLoading = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function load() {
    const wanted = query.value
    if (wanted === null) return
    const mine = ++asked
    isLoading.value = true
    try {
      const answer = await ask('export.preview', wanted)
      if (mine !== asked) return
      preview.value = answer
      failure.value = null
    } catch (error) {
      if (mine === asked) failure.value = reasonOf(error)
    } finally {
      if (mine === asked) isLoading.value = false
    }
  }

  watch(
    query,
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void load(), preview.value === null ? 0 : PAUSE)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  onLiveChange(['events', 'assignments', 'projects', 'milestones'], () => void load(), 1000)

  return {
    rangeName,
    custom,
    range,
    isBackwards,
    user,
    project,
    includePrivate,
    format,
    address,
    preview,
    failure,
    isLoading,
    load,
  }
}
