/** Small things that this browser remembers. A browser that forbids it just forgets them. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(`timetrack.${key}`) ?? 'null') as unknown
  } catch {
    return null
  }
}

/** @returns whether it is remembered: the storage may be full or forbidden */
export function remember(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(`timetrack.${key}`, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}
