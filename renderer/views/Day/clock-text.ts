/** A time of day as people type it: `930`, `9:30`, `9.30`, `9`. As `09:30`, or null when it is none. */
export function readClock(text: string): string | null {
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[:.,h\s]?(\d{2}))?$/.exec(text.trim()) ?? []
  const isTime = hours !== '' && Number(hours) < 24 && Number(minutes) < 60
  return isTime ? `${hours.padStart(2, '0')}:${minutes}` : null
}
