import { readonly, shallowRef } from 'vue'

/** The quiet line: what was just done, with a way back, or why it could not be done. */
export type Notice = { id: number; tone: 'done' | 'bad'; text: string; undo: (() => void) | null }

const shown = shallowRef<Notice | null>(null)
let last = 0

export const notice = readonly(shown)

export function say(text: string, undo: (() => void) | null = null): void {
  shown.value = { id: ++last, tone: 'done', text, undo }
}

export function complain(text: string): void {
  shown.value = { id: ++last, tone: 'bad', text, undo: null }
}

export function hush(): void {
  shown.value = null
}
