import { SHORTEST_KEY } from './conditions.ts'

/** Lists by a hash of three letters; two to the power of something. */
const SIZE = 16_384

export type TextIndex<T> = ReturnType<typeof textIndex<T>>

/**
 * Finds what asks for a text that occurs in another one: each is filed under three letters of its text, those
 * under which least is filed so far, and looked for under all that the searched text has. May find too much.
 */
export function textIndex<T>() {
  let filed: (T[] | undefined)[] = []
  return {
    /** Files `what` under each of the texts: any of them suffices. Call it in order of `what`. */
    add(texts: readonly string[], what: T): void {
      if (filed.length === 0) filed = new Array<T[] | undefined>(SIZE)
      for (const text of texts) {
        let best = placeOf(text, 0)
        for (let at = 1; at + SHORTEST_KEY <= text.length; at++) {
          const place = placeOf(text, at)
          if ((filed[place]?.length ?? 0) < (filed[best]?.length ?? 0)) best = place
        }
        const list = filed[best]
        if (list) list.push(what)
        else filed[best] = [what]
      }
    },
    /** The lists in which everything is that may ask for a piece of `text`. */
    lists(text: string, visit: (list: readonly T[]) => void): void {
      if (filed.length === 0) return
      for (let at = 0; at + SHORTEST_KEY <= text.length; at++) {
        const list = filed[placeOf(text, at)]
        if (list !== undefined) visit(list)
      }
    },
  }
}

function placeOf(text: string, at: number): number {
  return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & (SIZE - 1)
}
