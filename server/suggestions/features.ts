import type { EVIDENCE } from '../../contract/suggestions.ts'
import type { Instant } from '../../contract/time.ts'
import { appName, headlineOf, sameWork, type Named } from '../titles.ts'

export type Feature = { kind: (typeof EVIDENCE)[number]; text: string; key: string }

/** What is to be explained, or was: the events of one session with the same fate. */
export type Stretch = {
  start: Instant
  end: Instant
  source: string
  /** What its events say; the same again counts once. */
  said: readonly Named[]
}

/** Shorter words are in every other title. */
const SHORTEST_WORD = 3
/** A title of a thousand words is no title. */
const MOST_WORDS = 24

const feature = (kind: Feature['kind'], text: string): Feature => ({
  kind,
  text,
  key: `${kind}:${fold(text)}`,
})

/** Letters as they are compared: without case and marks. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The words of a text that may tell something, each once. */
export function wordsOf(text: string): string[] {
  const words = new Map<string, string>()
  for (const word of text.split(/[^\p{L}\p{N}]+/u)) {
    if (word.length < SHORTEST_WORD || /^\d+$/.test(word)) continue
    const key = fold(word)
    if (!words.has(key)) words.set(key, word)
    if (words.size === MOST_WORDS) break
  }
  return [...words.values()]
}

function hostOf(url: string | null): string | null {
  return /^[a-z]+:\/\/(?:www\.)?([^/?#:]+)/i.exec(url ?? '')?.[1] ?? null
}

/** What of a stretch may speak for where it belongs; `hour` is that of the hub's clocks. */
export function featuresOf(stretch: Stretch, hour: number): Feature[] {
  const found = new Map<string, Feature>()
  const add = (one: Feature) => {
    if (!found.has(one.key)) found.set(one.key, one)
  }
  for (const said of stretch.said) {
    const headline = headlineOf(said)
    if (headline !== null && said.title?.trim()) {
      add({ kind: 'title', text: headline, key: `title:${sameWork(headline)}` })
      for (const word of wordsOf(headline)) add(feature('word', word))
    }
    const caller = said.contact ?? said.phone_number
    if (caller) add(feature('caller', caller))
    const host = hostOf(said.url)
    if (host !== null) add(feature('host', host))
    const app = appName(said.app)
    if (app !== null) add(feature('app', app))
  }
  add(feature('hour', String(hour)))
  return [...found.values()]
}
