import type { MemoryPart } from '../../../contract/system.ts'

export type MemoryCap = NonNullable<MemoryPart['cap']>

const COLOURS: Record<MemoryPart['part'], string> = {
  server: 'var(--accent)',
  main: 'var(--captured)',
  renderer: 'var(--present)',
  gpu: 'var(--ink-3)',
  other: 'var(--ink-2)',
}

export const colourOf = (part: MemoryPart['part']): string => COLOURS[part]

/** The parts of the whole, in the order in which they are listed. */
export const segmentsOf = (parts: readonly MemoryPart[]): { mb: number; colour: string }[] =>
  parts.map(({ part, ownMb }) => ({ mb: ownMb ?? 0, colour: colourOf(part) }))
