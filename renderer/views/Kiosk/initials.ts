/** `Anna Kern` → AK, `lars.thiel` → LT, `anna` → AN. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  const [first = '', second] = words
  const letters =
    second === undefined ? [...first].slice(0, 2) : [[...first][0] ?? '', [...(words.at(-1) ?? '')][0] ?? '']
  return letters.join('').toUpperCase()
}
