import { createI18n } from 'vue-i18n'
import type german from './de.json'

export const LOCALES = ['de', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export type MessageKey = keyof typeof german

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
  messageResolver: (messages, key) => (messages as Record<string, string>)[key] ?? null,
})

const composer = i18n.global

export const shownLocale = (): Locale => composer.locale.value as Locale

export async function showLocale(locale: Locale): Promise<void> {
  const { default: messages } = await files[locale]()
  composer.setLocaleMessage(locale, messages)
  composer.locale.value = locale
  document.documentElement.lang = locale
}

/** A text of the interface in the shown language; `count` picks singular or plural, as `{n}`. */
export function t(key: MessageKey, named: Record<string, string | number> = {}, count?: number): string {
  return count === undefined ? composer.t(key, named) : composer.t(key, { ...named, n: count }, count)
}
