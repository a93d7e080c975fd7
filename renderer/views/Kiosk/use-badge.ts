import { onBeforeUnmount } from 'vue'
import { createBadgeReader } from './badge.ts'

/** Hears the badge reader before any button does: its Enter presses nothing. */
export function useBadge(read: (badge: string) => void, pressed: () => void) {
  const reader = createBadgeReader()

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    pressed()
    const badge = reader.press(event.key, event.timeStamp)
    if (badge === null) return
    event.preventDefault()
    event.stopImmediatePropagation()
    read(badge)
  }

  window.addEventListener('keydown', press, { capture: true })
  onBeforeUnmount(() => window.removeEventListener('keydown', press, { capture: true }))
}
