export type Place = { row: number; col: number }

/** Where a key leads in a grid; null for a key that does not move. At the edges it stays where it is. */
export function moved(
  { row, col }: Place,
  key: string,
  isFar: boolean,
  size: { rows: number; cols: number },
): Place | null {
  const last = { row: size.rows - 1, col: size.cols - 1 }
  switch (key) {
    case 'ArrowUp':
      return { row: isFar ? 0 : Math.max(0, row - 1), col }
    case 'ArrowDown':
      return { row: isFar ? last.row : Math.min(last.row, row + 1), col }
    case 'ArrowLeft':
      return { row, col: isFar ? 0 : Math.max(0, col - 1) }
    case 'ArrowRight':
      return { row, col: isFar ? last.col : Math.min(last.col, col + 1) }
    case 'Home':
      return { row: isFar ? 0 : row, col: 0 }
    case 'End':
      return { row: isFar ? last.row : row, col: last.col }
    default:
      return null
  }
}
