import type { Presence, PunchKind } from '../../../contract/attendance.ts'

const AFTER = { in: 'in', break_start: 'break', break_end: 'in', out: 'out' } as const satisfies Record<
  PunchKind,
  Presence
>

/** Where somebody stands after punches that the hub does not know of yet; null where it could not be asked. */
export function presenceAfter(known: Presence | null, kinds: readonly PunchKind[]): Presence | null {
  const last = kinds.at(-1)
  return last === undefined ? known : AFTER[last]
}

type Choices = { main: PunchKind[]; other: PunchKind | null }

/** What there is to be pressed: the large button (two, where nobody knows), and a smaller one. */
export function choicesOf(presence: Presence | null): Choices {
  switch (presence) {
    case 'out':
      return { main: ['in'], other: null }
    case 'in':
      return { main: ['out'], other: 'break_start' }
    case 'break':
      return { main: ['break_end'], other: 'out' }
    case null:
      return { main: ['in', 'out'], other: null }
  }
}
