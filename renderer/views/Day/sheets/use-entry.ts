import { computed, ref, shallowRef } from 'vue'
import { formatInstant } from '../../../../contract/time.ts'
import { clock } from '../../../i18n/format.ts'
import { t } from '../../../i18n/index.ts'
import type { Option } from '../../../picker/options.ts'
import { newKey } from '../../../new-key.ts'
import { useHub } from '../../../stores/hub.ts'
import { entryTimes, overlap } from '../entry.ts'
import { likelyGap, stepQuarter } from '../gaps.ts'
import type { Stretch } from '../intervals.ts'
import type { NewEntry, Refused, Remarks } from '../use-day-actions.ts'
import type { useDayPage } from '../use-day-page.ts'

/** An entry while it is being made: its times, what it was, where it goes. */
export function useEntry(
  page: ReturnType<typeof useDayPage>,
  gap: Stretch | null,
  enter: (entry: NewEntry, pick: Option | null, remarks: Remarks) => Promise<Refused>,
) {
  const hub = useHub()
  const zone = page.hubZone.value
  const text = (at: number) => clock(formatInstant(at, zone))
  const first = gap ?? likelyGap(page.captured.value, hub.now())

  const key = newKey()
  const start = ref(text(first.start))
  const end = ref(text(first.end))
  const title = ref('')
  const target = shallowRef<Option | null>(null)
  const remarks = shallowRef<Remarks>({ activity: null, comment: null })
  const isBusy = ref(false)
  const refused = ref<Refused>(null)

  const times = computed(() =>
    page.day.value === null ? null : entryTimes({ start: start.value, end: end.value }, page.day.value, zone),
  )
  const ms = computed(() => (times.value ? times.value.end - times.value.start : 0))
  const hint = computed(() => {
    if (times.value === null) return t('entry.backwards')
    const double = overlap(times.value, page.captured.value)
    return double >= 60_000 ? t('entry.overlap', { minutes: Math.round(double / 60_000) }) : ''
  })

  /** To the next quarter hour; the end stays behind the start. */
  function step(which: 'start' | 'end', by: 1 | -1): void {
    const now = times.value
    if (now === null) return
    const next = { ...now, [which]: stepQuarter(now[which], by) }
    if (next.end <= next.start) return
    if (which === 'start') start.value = text(next.start)
    else end.value = text(next.end)
  }

  /** Resolves to whether it was saved. */
  async function save(): Promise<boolean> {
    const now = times.value
    if (isBusy.value || now === null) return false
    isBusy.value = true
    const entry: NewEntry = {
      key,
      start: formatInstant(now.start, zone),
      end: formatInstant(now.end, zone),
      title: title.value.trim() || null,
      ms: ms.value,
    }
    refused.value = await enter(entry, target.value, remarks.value)
    isBusy.value = false
    return refused.value === null
  }

  return { start, end, title, target, remarks, times, ms, hint, isBusy, refused, step, save }
}
