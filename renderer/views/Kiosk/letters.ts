/** As many as a screen shows without scrolling. */
export const PAGE = 12

export type Letters<T> = { label: string; people: T[] }

/** People by name, in pages of which each says from where to where it goes: `A–F`, or `Ma–Mü` where letters are torn apart. */
export function lettersOf<T extends { name: string }>(people: readonly T[], locale: string): Letters<T>[] {
  const sorted = people.toSorted((a, b) => a.name.localeCompare(b.name, locale))
  const pages: T[][] = []
  for (let from = 0; from < sorted.length; from += PAGE) pages.push(sorted.slice(from, from + PAGE))
  return pages.map((page, at) => {
    const first = startOf(page.at(0), pages[at - 1]?.at(-1))
    // `Me–Mi` and not `Me–M`
    const last = startOf(page.at(-1), pages[at + 1]?.at(0) ?? (first.length > 1 ? page.at(0) : undefined))
    return { label: first === last ? first : `${first}–${last}`, people: page }
  })
}

type Named = { name: string } | undefined

const letters = (named: Named, count: number) => {
  const [first = '', ...others] = [...(named?.name ?? '')].slice(0, count)
  return first.toUpperCase() + others.join('').toLowerCase()
}

/** One letter, or two where the neighbour has the same. */
const startOf = (named: Named, neighbour: Named): string =>
  letters(named, letters(named, 1) === letters(neighbour, 1) ? 2 : 1)
