import { expect, test } from 'vitest'

import { appName, areSimilar, baseTitle, headlineOf, sameWork } from './titles.ts'

test.each([
  ['Angebot Rathaus - Outlook', 'outlook.exe', 'Angebot Rathaus'],
  ['Statik_Rev3.pdf - Adobe Acrobat Reader', 'acrord32.exe', 'Statik_Rev3.pdf'],
  ['Autodesk AutoCAD 2025 - [Grundriss_EG.dwg]', 'acad.exe', 'Grundriss_EG.dwg'],
  ['*Notizen.txt - Notepad', 'notepad.exe', 'Notizen.txt'],
  ['Posteingang (3) - a.krueger@buero.de - Outlook', 'OUTLOOK.EXE', 'Posteingang – a.krueger@buero.de'],
  ['(2) DIN 18015 – Wikipedia - Google Chrome', 'chrome.exe', 'DIN 18015 – Wikipedia'],
  ['RFEM 6.08 - [Aussteifung.rf6*]', 'rfem6.exe', 'Aussteifung.rf6'],
  ['Autodesk Revit 2025 - [KSH_ARC.rvt - Schnitt: 1]', 'revit.exe', 'KSH_ARC.rvt – Schnitt: 1'],
  ['AW: Termin - Nachricht (HTML)', 'outlook.exe', 'AW: Termin'],
])('%s of %s is about %s', (title, app, about) => {
  expect(baseTitle(title, app)).toBe(about)
})

test('a title that is nothing but the program stays readable', () => {
  expect(baseTitle('Outlook', 'outlook.exe')).toBe('Outlook')
  expect(baseTitle(' * ', 'acad.exe')).toBe('*')
})

test('a name that merely contains a program is not taken for it', () => {
  expect(baseTitle('Wordpress Umzug - Konzept', 'chrome.exe')).toBe('Wordpress Umzug – Konzept')
})

test('versions and replies do not make it other work, numbers of things do', () => {
  expect(sameWork('Plan_EG_v6.dwg')).toBe(sameWork('Plan_EG_v7.dwg'))
  expect(sameWork('AW: WG: Termin')).toBe(sameWork('Termin'))
  expect(sameWork('Schnitt 1')).not.toBe(sameWork('Schnitt 2'))
})

test('calls are called by who called, and events without a title by what is known', () => {
  const bare = { source: 'window', title: null, app: null, url: null, phone_number: null, contact: null }
  const call = { ...bare, source: 'phone', phone_number: '0511' }
  expect(headlineOf({ ...call, contact: 'Müller' })).toBe('Müller')
  expect(headlineOf(call)).toBe('0511')
  expect(headlineOf({ ...bare, url: 'https://www.din.de/normen?x=1' })).toBe('din.de')
  expect(headlineOf({ ...bare, app: 'ACAD.EXE' })).toBe('acad')
  expect(headlineOf(bare)).toBeNull()
})

test.each([
  ['abcdefgh', 'abcdefgx', 0.875],
  ['abcd', 'abcx', 0.75],
  ['', 'abcd', 0],
  ['abcd', 'wxyz', 0],
])('%j and %j are alike up to %d', (one, other, ratio) => {
  expect(areSimilar(one, other, ratio)).toBe(true)
  expect(areSimilar(one, other, ratio + 0.01)).toBe(false)
})

test('programs go without their ending', () => {
  expect(appName('WINWORD.EXE')).toBe('winword')
  expect(appName(' ')).toBeNull()
})
