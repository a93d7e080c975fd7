import { Refusal } from '../../contract/errors.ts'
import { formatUtc, type Instant } from '../../contract/time.ts'

/**
 * A Pi has no clock that runs without power: started without a network it says when it was last shut down, or
 * 1970. Nobody clocked in before this product kept attendance, and from 2100 on times are refused everywhere.
 */
const FIRST: Instant = Date.UTC(2026, 0, 1)
const END: Instant = Date.UTC(2100, 0, 1)

/** A wrong time of coming cannot be told from a right one later, so none is taken. */
export function needRightClock(now: Instant): void {
  if (now >= FIRST && now < END) return
  throw new Refusal(
    'clock_wrong',
    `The hub's clock says ${formatUtc(now)}, which cannot be right. Set it (sudo timedatectl set-time, or connect the hub to a network with a time server) and punch again.`,
  )
}
