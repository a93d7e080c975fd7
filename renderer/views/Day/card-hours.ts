import type { Card } from './use-rows.ts'

/** The cards of an hour of the wall clock; null: of all of them. */
export type CardHour = { key: string; hour: number | null; cards: Card[] }

/** Cards by the hour in which their blocks began; they are in order of time already. */
export function cardHours(cards: readonly Card[]): CardHour[] {
  return [...Map.groupBy(cards, ({ block }) => block.from.slice(0, 13))].map(([key, some]) => ({
    key,
    hour: Number(key.slice(11, 13)),
    cards: some,
  }))
}
