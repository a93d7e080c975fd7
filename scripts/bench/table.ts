import type { Result } from './bench.ts'

const COLUMNS = ['what', 'ours', 'baseline', 'ratio', 'budget', 'verdict'] as const

/** The results as text, in columns. */
export function table(results: readonly Result[]): string {
  const head = Object.fromEntries(COLUMNS.map((column) => [column, column])) as Record<
    (typeof COLUMNS)[number],
    string
  >
  const lines = [{ ...head, verdict: '' }, ...results]
  const widths = COLUMNS.map((column) => Math.max(...lines.map((line) => [...line[column]].length)))
  return lines
    .map((line) =>
      COLUMNS.map((column, index) => {
        const gap = ' '.repeat((widths[index] ?? 0) - [...line[column]].length)
        // Words to the left, figures to the right.
        return column === 'what' || column === 'verdict' ? line[column] + gap : gap + line[column]
      })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
