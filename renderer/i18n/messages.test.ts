// @vitest-environment node
import { expect, test } from 'vitest'
import de from './de.json'
import en from './en.json'

const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

test('German and English have the same keys, sorted', () => {
  expect(Object.keys(de)).toEqual(Object.keys(en))
  expect(Object.keys(de)).toEqual(Object.keys(de).toSorted())
})

test('both languages name the same values and have the same number of forms', () => {
  for (const [key, german] of Object.entries(de)) {
    const english = en[key as keyof typeof en]
    expect([key, names(english)]).toEqual([key, names(german)])
    expect([key, english.split(' | ').length]).toEqual([key, german.split(' | ').length])
  }
})

test('no text is empty', () => {
  for (const messages of [de, en])
    expect(Object.values(messages).filter((text) => text.trim() === '')).toEqual([])
})
