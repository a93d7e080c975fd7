import { duration } from '../../../i18n/format.ts'

/** `+1:10`, `−0:40`; what is even has no sign. */
export function signed(ms: number): string {
  const text = duration(Math.abs(ms))
  if (text === '0:00') return text
  return `${ms < 0 ? '−' : '+'}${text}`
}
