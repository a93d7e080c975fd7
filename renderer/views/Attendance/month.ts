import { type Day, addDays } from '../../../contract/time.ts'

/** A month, `2026-11`. */
export type Month = string

export const monthOf = (day: Day): Month => day.slice(0, 7)

export const firstDay = (month: Month): Day => `${month}-01`

/** The month so many later, or earlier. */
export function stepMonth(month: Month, by: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`
}

export const lastDay = (month: Month): Day => addDays(firstDay(stepMonth(month, 1)), -1)
