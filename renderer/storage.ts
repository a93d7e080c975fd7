/** Small things that this browser remembers. A browser that forbids it just forgets them. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(`timetrack.${key}`) ?? 'null') as unknown
  } catch {
    return null
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`timetrack.${key}`, JSON.stringify(value))
  } catch {
    // full or forbidden
  }
}
