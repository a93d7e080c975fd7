const wordsOf = (name: string): string[] => name.split(/[\s._-]+/).filter(Boolean)

/** `Anna Kern` → AK, `lars.thiel` → LT, `anna` → AN. */
export function initialsOf(name: string): string {
  const [first = '', ...others] = wordsOf(name)
  const last = others.at(-1)
  const letters = last === undefined ? [...first].slice(0, 2) : [[...first][0], [...last][0]]
  return letters.join('').toUpperCase()
}

/** How a colleague says it where nobody else is meant. */
export const firstName = (name: string): string => wordsOf(name)[0] ?? name

/** First names, as colleagues call each other; with an initial where two share one. */
export function callNames(names: readonly string[]): string[] {
  const firsts = names.map((name) => wordsOf(name)[0] ?? name)
  return names.map((name, at) => {
    const first = firsts[at] ?? name
    const isShared = firsts.some((other, of) => of !== at && other === first)
    const last = wordsOf(name).slice(1).at(-1)
    return isShared && last ? `${first} ${[...last][0] ?? ''}.` : first
  })
}
