/** Events after which others may come in between. */
const SLICE = 200

/**
 * Goes through rows for a stream, and yields nothing every so often: then the reader may turn to others, or
 * notice that nobody waits for the answer any more.
 */
export function* inSlices<T>(
  rows: Iterable<T>,
  take: (row: T) => void,
  every: { rows: number; line: (done: number) => string } = { rows: Infinity, line: () => '' },
): Generator<string, void> {
  let done = 0
  for (const row of rows) {
    take(row)
    done++
    if (done % every.rows === 0) yield every.line(done)
    else if (done % SLICE === 0) yield ''
  }
}
