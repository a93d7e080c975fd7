import { distance } from 'fastest-levenshtein'

/** Programs whose name ends a title, beyond those whose process is called like them. */
const PROGRAMS =
  /^(?:(?:google )?chrome|chromium|(?:mozilla )?firefox|(?:microsoft )?edge|safari|opera|brave|vivaldi|visual studio(?: code)?|autocad.*|autodesk.*|revit.*|adobe acrobat.*|acrobat.*|foxit.*|notepad(?:\+\+)?|(?:microsoft )?(?:word|excel|powerpoint|outlook|teams|onenote|project)|libreoffice.*|thunderbird|slack|zoom.*|explorer|(?:nachricht|message) \((?:html|nur-text|plain text|rich[- ]text)\))$/i

const SEPARATOR = /\s+[-–—|]\s+/
const MARKS = /^[*●•]\s*|\s*[*●•]$|\s*\[(?:modified|geändert)\]$/gi
const COUNTERS = /^\(\d+\+?\)\s*|\s*\(\d+\+?\)$/g

const stem = (app: string) =>
  app
    .replace(/\.exe$/i, '')
    .replace(/[\d\s._-]+/g, '')
    .toLowerCase()

function isProgram(part: string, app: string): boolean {
  const name = part.trim().replace(/[*●•]/g, '')
  const flat = stem(name)
  return (
    PROGRAMS.test(name) ||
    (app.length >= 3 && flat !== '' && (flat === app || flat.endsWith(app) || flat.startsWith(app)))
  )
}

/** The title without what changes while one works on the same: program, marks, unread counters. */
export function baseTitle(title: string, app: string | null): string {
  const program = stem(app ?? '')
  const parts = title.replace(/\u200b/g, '').split(SEPARATOR)
  // Most programs put their name last, some first.
  if (parts.length > 1 && isProgram(parts.at(-1) ?? '', program)) parts.pop()
  if (parts.length > 1 && isProgram(parts[0] ?? '', program)) parts.shift()
  const clean = parts
    .map((part) =>
      part
        .replace(/^\[(.*)\]$/, '$1')
        .replace(MARKS, '')
        .replace(COUNTERS, '')
        .trim(),
    )
    .filter(Boolean)
    .join(' – ')
    .replace(/^\[(.*)\]$/, '$1')
  return clean === '' ? title.trim() : clean
}

const VERSION = /[\s._-]+(?:v|rev\.?|version)\s?\d+(?:\.\d+)*(?![\p{L}\d])/gu
const REPLIES = /^(?:(?:re|aw|antw|fw|fwd|wg):\s*)+/

/** Letters of a title that are compared: what tells titles apart stands at their beginning. */
const COMPARED = 120

/** Titles that read the same but for a version or a reply are the same work: `Plan_v6.dwg`, `Plan_v7.dwg`. */
export function sameWork(headline: string): string {
  return headline.slice(0, COMPARED).toLowerCase().replace(REPLIES, '').replace(VERSION, '')
}

/**
 * Whether two titles, as {@link sameWork} reads them, are alike: 1 − edit distance / length of the longer
 * one is at least `ratio` (DESIGN section 6).
 */
export function areSimilar(a: string, b: string, ratio: number): boolean {
  if (a === b) return true
  const longer = Math.max(a.length, b.length)
  if (1 - Math.abs(a.length - b.length) / longer < ratio) return false
  return 1 - distance(a, b) / longer >= ratio
}

/** `WINWORD.EXE` reads `winword`. */
export function appName(app: string | null): string | null {
  const name = app?.replace(/\.exe$/i, '').trim()
  return name ? name.toLowerCase() : null
}

function host(url: string | null): string | null {
  return /^[a-z]+:\/\/(?:www\.)?([^/?#:]+)/i.exec(url ?? '')?.[1] ?? null
}

/** What of an event says what it was about. */
export type Named = {
  source: string
  title: string | null
  app: string | null
  url: string | null
  phone_number: string | null
  contact: string | null
}

/** What a person calls it, null when the event says nothing about itself. */
export function headlineOf(event: Named): string | null {
  if (event.source === 'phone') return event.contact || event.phone_number || event.title || null
  if (event.title?.trim()) return baseTitle(event.title, event.app)
  return event.contact || host(event.url) || appName(event.app)
}
