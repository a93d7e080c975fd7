import { onBeforeUnmount, onMounted } from 'vue'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Brackets and slashes are behind AltGr on some keyboards, which says Ctrl and Alt as well. */
const isCommand = (event: KeyboardEvent) =>
  !event.getModifierState('AltGraph') && (event.ctrlKey || event.metaKey || event.altKey)

/** Enter and space on a button or link are its own. */
const isPressing = (event: KeyboardEvent) =>
  (event.key === 'Enter' || event.key === ' ') &&
  event.target instanceof HTMLElement &&
  event.target.closest('button, a, summary') !== null

/** Keys of a page, letters in lower case, each with what it does; while somebody types they are text. */
export function useKeys(actions: Record<string, () => void>): void {
  function press(event: KeyboardEvent) {
    if (event.defaultPrevented || isCommand(event)) return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    if (isPressing(event)) return
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!action) return
    event.preventDefault()
    action()
  }

  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}
