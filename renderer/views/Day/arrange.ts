/**
 * Puts things in order without moving what is there already: nothing jumps from under a finger because it
 * grew. New ones go where `compare` wants them among the others.
 */
export function arrange<T extends { id: string }>(
  before: readonly string[],
  things: readonly T[],
  compare: (a: T, b: T) => number,
): T[] {
  const known = new Map(before.map((id, place) => [id, place]))
  const placeOf = (thing: T) => known.get(thing.id) ?? -1
  const arranged = things.filter(({ id }) => known.has(id)).sort((a, b) => placeOf(a) - placeOf(b))
  for (const thing of things.filter(({ id }) => !known.has(id)).sort(compare)) {
    const at = arranged.findIndex((other) => compare(thing, other) < 0)
    arranged.splice(at < 0 ? arranged.length : at, 0, thing)
  }
  return arranged
}
