import { computed } from 'vue'
import { parseInstant } from '../../../contract/time.ts'
import { useDay } from '../../stores/day.ts'
import { useHub } from '../../stores/hub.ts'
import { hourLabel } from './axis.ts'
import { gapAt, gapsIn, proposal } from './gaps.ts'
import type { Stretch } from './intervals.ts'
import { minutesNear, wallTime, wallMinutes } from './wall.ts'
import type { useDayPage } from './use-day-page.ts'

/** What the axis shows beyond the blocks: the time now, and where nothing was captured. */
export function useDayAxis(page: ReturnType<typeof useDayPage>) {
  const hub = useHub()
  const store = useDay()

  const nowMinute = computed(() => {
    const day = page.day.value
    // Read anew with everything that arrives.
    return hub.hub !== null && day !== null && day === page.today.value && store.events
      ? wallMinutes(wallTime(hub.now(), hub.hub.now), day)
      : null
  })

  const gaps = computed(() => {
    const day = page.day.value
    if (day === null) return []
    const minute = (at: number) => minutesNear(at, page.blocks.value, day)
    return gapsIn(page.captured.value).map(({ start, end }) => ({ from: minute(start), to: minute(end) }))
  })

  /** The times to propose for an entry where the axis was clicked. */
  function gapAtMinute(minute: number): Stretch | null {
    const day = page.day.value
    if (day === null) return null
    const whole = Math.floor(minute)
    const clock = `${hourLabel(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`
    const at = whole < 1440 ? parseInstant(`${day}T${clock}`, page.hubZone.value) : null
    const gap = at === null ? null : gapAt(page.captured.value, at)
    return gap && proposal(gap)
  }

  return { nowMinute, gaps, gapAtMinute }
}
