const WORKDAYS = 5
const MOST_HOURS = 120

/** Hours of a week as its five workdays' minutes; null for none. A comma is as good as a point. */
export function minutesOfWeek(text: string): number[] | null {
  const hours = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(hours) || hours < 0 || hours > MOST_HOURS) return null
  const minutes = Math.round(hours * 60)
  const each = Math.floor(minutes / WORKDAYS)
  // What does not divide is Friday's.
  return [each, each, each, each, minutes - each * (WORKDAYS - 1), 0, 0]
}

/** Minutes by weekday as hours of a week, to be typed over. */
export function weekHours(minutes: readonly number[] | null): string {
  if (minutes === null) return ''
  return String(Math.round((minutes.reduce((sum, one) => sum + one, 0) / 60) * 100) / 100).replace('.', ',')
}
