import { readonly, shallowRef } from 'vue'

/** The quiet line: what was just done, with a way back and maybe on, or why it could not be done. */
export type Notice = {
  id: number
  tone: 'done' | 'bad'
  text: string
  undo: (() => void) | null
  more: More | null
}
export type More = { label: string; run: () => void }

const shown = shallowRef<Notice | null>(null)
let last = 0

export const notice = readonly(shown)

export function say(text: string, undo: (() => void) | null = null, more: More | null = null): void {
  shown.value = { id: ++last, tone: 'done', text, undo, more }
}

export function complain(text: string): void {
  shown.value = { id: ++last, tone: 'bad', text, undo: null, more: null }
}

export function hush(): void {
  shown.value = null
}
