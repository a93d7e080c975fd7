/** Where time can go: a milestone, or a project without saying which. */
export type Pick = { projectId: number; milestoneId: number | null }
/** A pick on a number key; `used` orders them by last use. */
export type Slot = Pick & { used: number }

export const KEYS = 9

export const pickKey = (pick: Pick): string => `${pick.projectId}/${pick.milestoneId ?? ''}`

const samePick = (a: Pick, b: Pick) => a.projectId === b.projectId && a.milestoneId === b.milestoneId

export function isSlots(value: unknown): value is Slot[] {
  return (
    Array.isArray(value) &&
    value.every(
      (one: unknown) =>
        typeof one === 'object' &&
        one !== null &&
        'projectId' in one &&
        typeof one.projectId === 'number' &&
        'milestoneId' in one &&
        (one.milestoneId === null || typeof one.milestoneId === 'number') &&
        'used' in one &&
        typeof one.used === 'number',
    )
  )
}

/**
 * Marks a pick as used. Slots keep their place, so that a number key means the same tomorrow; a new
 * pick takes a free slot or that of the one not used for longest.
 */
export function takeSlot(slots: readonly Slot[], pick: Pick): Slot[] {
  const used = Math.max(0, ...slots.map((slot) => slot.used)) + 1
  const fresh: Slot = { projectId: pick.projectId, milestoneId: pick.milestoneId, used }
  const known = slots.findIndex((slot) => samePick(slot, pick))
  if (known >= 0) return slots.with(known, fresh)
  if (slots.length < KEYS) return [...slots, fresh]
  const oldest = slots.reduce((best, slot, at) => (slot.used < (slots[best]?.used ?? 0) ? at : best), 0)
  return slots.with(oldest, fresh)
}

type PastAction = {
  kind: string
  projectId: number | null
  milestoneId: number | null
  undoneAt: string | null
}

/** Slots from what was assigned lately, newest first. */
export function seedSlots(actions: readonly PastAction[]): Slot[] {
  const found = new Map<string, Slot>()
  for (const { kind, projectId, milestoneId, undoneAt } of actions) {
    if (kind !== 'assign' || projectId === null || undoneAt !== null) continue
    const slot = { projectId, milestoneId, used: actions.length - found.size }
    if (!found.has(pickKey(slot))) found.set(pickKey(slot), slot)
  }
  return [...found.values()].slice(0, KEYS)
}

/** Starred ones first, then the recent ones: what the picker opens with. */
export function quickPicks(starred: readonly Slot[], slots: readonly Slot[]): Pick[] {
  const all = new Map<string, Pick>()
  for (const slot of [...starred, ...slots]) {
    const key = pickKey(slot)
    if (!all.has(key)) all.set(key, { projectId: slot.projectId, milestoneId: slot.milestoneId })
  }
  return [...all.values()].slice(0, KEYS)
}
