import { readonly, ref } from 'vue'
import { type Locale, isLocale, showLocale } from './i18n/index.ts'
import { recall, remember } from './storage.ts'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const chosen = ref<Theme>('auto')
let pinned: 'light' | 'dark' | null = null

export const theme = readonly(chosen)

function firstLocale(): Locale {
  const remembered = recall('locale')
  if (isLocale(remembered)) return remembered
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'de'
}

export async function startPreferences(): Promise<void> {
  const remembered = recall('theme')
  chosen.value = THEMES.find((one) => one === remembered) ?? 'auto'
  paint()
  await showLocale(firstLocale())
}

export async function chooseLocale(locale: Locale): Promise<void> {
  remember('locale', locale)
  await showLocale(locale)
}

export function chooseTheme(next: Theme): void {
  chosen.value = next
  remember('theme', next)
  paint()
}

/** The kiosk's screens are dark or light whatever the person at the desk prefers. */
export function pinTheme(theme: 'light' | 'dark' | null): void {
  pinned = theme
  paint()
}

function paint() {
  const shown = pinned ?? chosen.value
  if (shown === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = shown
}
