import type { Locale } from '../../../i18n/index.ts'

export type Layout = readonly string[]

/** Ten keys a row, so that they fit with nine millimetres each. */
const LETTERS = {
  de: ['qwertzuiop', 'asdfghjklß', 'yxcvbnmäöü'],
  en: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
} as const satisfies Record<Locale, Layout>

const DIGITS: Layout = ['1234567890', '-/().,:&+#']

export const layoutOf = (locale: Locale, hasDigits: boolean): Layout => (hasDigits ? DIGITS : LETTERS[locale])

/** A row in two halves: where the screen is too narrow, one goes below the other. */
export function halvesOf(row: string): [string[], string[]] {
  const keys = [...row]
  const middle = Math.ceil(keys.length / 2)
  return [keys.slice(0, middle), keys.slice(middle)]
}
