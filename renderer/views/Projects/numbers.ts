/**
 * Hours as people write them: `12,5`, `12.5`, `1.234,5`, `12:30`. Null for nothing, NaN for what is
 * no number of hours.
 */
export function parseHours(text: string): number | null {
  const written = text.trim().replace(/\s*h$/i, '')
  if (written === '') return null
  const clock = /^(\d+):([0-5]\d)$/.exec(written)
  if (clock) return Number(clock[1]) + Number(clock[2]) / 60
  if (/^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(written))
    return Number(written.replaceAll('.', '').replace(',', '.'))
  if (/^\d{1,3}(?:,\d{3})+\.\d+$/.test(written)) return Number(written.replaceAll(',', ''))
  return /^\d+(?:[.,]\d+)?$/.test(written) ? Number(written.replace(',', '.')) : NaN
}
