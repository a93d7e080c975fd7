import { createI18n } from 'vue-i18n'
import type germanAccess from './access.de.json'
import { formsOf } from './forms.ts'
import type german from './de.json'
import type germanAttendance from './attendance.de.json'
import type germanKiosk from './kiosk.de.json'
import type germanPeople from './people.de.json'
import type germanProjects from './projects.de.json'
import type germanSearch from './search.de.json'
import type germanSessions from './sessions.de.json'
import type germanReview from './review.de.json'
import type germanRules from './rules.de.json'
import type germanSystem from './system.de.json'
import type germanWeek from './week.de.json'

export const LOCALES = ['de', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export type MessageKey =
  | keyof typeof german
  | keyof typeof germanAccess
  | keyof typeof germanAttendance
  | keyof typeof germanKiosk
  | keyof typeof germanPeople
  | keyof typeof germanProjects
  | keyof typeof germanSearch
  | keyof typeof germanReview
  | keyof typeof germanRules
  | keyof typeof germanSessions
  | keyof typeof germanSystem
  | keyof typeof germanWeek

const files = { de: () => import('./de.json'), en: () => import('./en.json') }

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value)

export const i18n = createI18n({
  legacy: false,
  locale: 'de',
  fallbackLocale: 'de',
  missingWarn: false,
  fallbackWarn: false,
  messages: {},
  // Keys are flat, so a message is one look-up away.
  messageResolver: (messages, key) => {
    const text = (messages as Record<string, string>)[key]
    return text === undefined ? null : formsOf(text)
  },
})

const composer = i18n.global

/** Texts that came with a page. */
const added: Record<Locale, Record<string, string>> = { de: {}, en: {} }

export const shownLocale = (): Locale => composer.locale.value as Locale

export async function showLocale(locale: Locale): Promise<void> {
  const { default: messages } = await files[locale]()
  composer.setLocaleMessage(locale, { ...messages, ...added[locale] })
  composer.locale.value = locale
  document.documentElement.lang = locale
}

/** Texts of a page that few people open come with it, and not with what every page loads first. */
export function addMessages(more: Record<Locale, Record<string, string>>): void {
  for (const locale of LOCALES) {
    Object.assign(added[locale], more[locale])
    composer.mergeLocaleMessage(locale, more[locale])
  }
}

/** A text of the interface in the shown language; `count` picks singular or plural, as `{n}`. */
export function t(key: MessageKey, named: Record<string, string | number> = {}, count?: number): string {
  return count === undefined ? composer.t(key, named) : composer.t(key, { ...named, n: count }, count)
}
