export type Piece = { text: string; isMarked: boolean }

/** A text of more letters is shown around what is marked. */
const LONGEST = 140
const BEFORE = 48

/** A text in pieces, those that were found marked; what does not occur in it marks nothing. */
export function pieces(text: string, found: readonly string[]): Piece[] {
  const spans = merged(
    found.flatMap((one) => {
      const start = one === '' ? -1 : text.indexOf(one)
      return start < 0 ? [] : [{ start, end: start + one.length }]
    }),
  )
  const from = text.length > LONGEST ? Math.max(0, (spans[0]?.start ?? 0) - BEFORE) : 0
  const all: Piece[] = from > 0 ? [{ text: '…', isMarked: false }] : []
  let at = from
  for (const { start, end } of spans) {
    all.push(
      { text: text.slice(at, start), isMarked: false },
      { text: text.slice(start, end), isMarked: true },
    )
    at = end
  }
  const rest = text.slice(at)
  all.push({ text: rest.length > LONGEST ? `${rest.slice(0, LONGEST)}…` : rest, isMarked: false })
  return all.filter((piece) => piece.text !== '')
}

type Span = { start: number; end: number }

function merged(spans: Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = all.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else all.push({ ...span })
  }
  return all
}
