import type { MemoryPart } from '../../../contract/system.ts'
import { clock, number, shortDay } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'

/** Between a figure and its unit: no line ends there. */
const NBSP = '\u00a0'

/** `0,8 ms`, `120 ms`, `2,4 s`. */
export function time(ms: number): string {
  if (ms >= 1000) return `${number(ms / 1000, ms < 10_000 ? 1 : 0)}${NBSP}s`
  return `${number(ms, ms < 10 ? 1 : 0)}${NBSP}ms`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `720 kB`, `1,4 GB`: two or three figures. */
export function size(bytes: number): string {
  let at = 0
  let value = bytes
  while (value >= 1000 && at < UNITS.length - 1) {
    value /= 1024
    at++
  }
  return `${number(value, value < 10 && at > 1 ? 1 : 0)}${NBSP}${UNITS[at]}`
}

/** The hub's wall time; with its day when that is not the one of `now`. */
export function moment(iso: string, now: string): string {
  const [day, today] = [iso.slice(0, 10), now.slice(0, 10)]
  return day === today ? clock(iso) : `${shortDay(day, today)} ${clock(iso)}`
}

export const megabytes = (mb: number): string => number(mb, 0)

export const partName = (part: MemoryPart['part'] | 'total'): string => t(`system.part.${part}`)

export const routeName = ({ method, route }: { method: string; route: string }): string =>
  route === 'page' || route === 'other' ? t(`system.route.${route}`) : `${method} ${route}`

export function threadName(name: string): string {
  const reader = /^reader (\d+)$/.exec(name)?.[1]
  if (reader !== undefined) return t('system.thread.reader', { n: reader })
  return name === 'writer' ? t('system.thread.writer') : name
}
