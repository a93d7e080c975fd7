import { z } from 'zod'
import { isDay, parseInstant, zone } from './time.ts'

/**
 * Text as it is stored: well-formed Unicode (no lone surrogates, which SQLite would keep as broken
 * UTF-8) without NUL, at most `max` UTF-16 units.
 */
export function text(max: number) {
  return z
    .string()
    .max(max, `at most ${max} characters`)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'must be valid Unicode text')
}

/** Text that must say something: trimmed, not empty. */
export function label(max: number) {
  return text(max).trim().min(1, 'must not be empty')
}

export const Id = z.int().min(1)

/** An id in a path or query, where everything is text. */
export const IdText = z
  .string()
  .regex(/^[1-9][0-9]{0,14}$/, 'must be a positive whole number')
  .transform(Number)

const OFFSET_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|z|[+-]\d{2}(:?\d{2})?)$/

/** ISO 8601 with the hub's offset, as answers carry it. */
export const Time = z.string().meta({ format: 'date-time', example: '2026-11-24T09:30:00+01:00' })

const utc = zone('UTC')

/**
 * A time that a client sends to `/api`: ISO 8601 with an offset (DESIGN section 5), a real date
 * between 2000 and 2100. Read as an instant.
 */
export const TimeIn = z
  .string()
  .regex(OFFSET_TIME, 'must be a time with an offset, such as 2026-11-24T09:30:00+01:00')
  .transform((value, context) => {
    const at = parseInstant(value, utc)
    if (at !== null) return at
    context.issues.push({
      code: 'custom',
      input: value,
      message: 'must be a real time between 2000 and 2100',
    })
    return z.NEVER
  })
  .meta({ format: 'date-time', example: '2026-11-24T09:30:00+01:00' })

export const DayText = z
  .string()
  .refine(isDay, 'must be a day, such as 2026-11-24')
  .meta({ format: 'date', example: '2026-11-24' })

/** `true`/`false` in a query string. */
export const Flag = z.enum(['true', 'false']).transform((value) => value === 'true')

export const Hours = z.number().min(0).max(1_000_000)

export const Colour = z.int().min(0).max(11)

/** A page's size in a query string. */
export function limit(max: number, fallback: number) {
  return z
    .string()
    .regex(/^[0-9]{1,6}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(1, 'at least 1').max(max, `at most ${max}`))
    .default(fallback)
}
