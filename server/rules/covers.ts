import type { RuleConditions } from '../../contract/rule.ts'
import { inOrder, wildcard } from './conditions.ts'
import { fold } from './fold.ts'
import { literalsOf } from './literals.ts'
import { appOf, phoneOf } from './subject.ts'

/** What a rule asks for, made ready for comparing many with each other. */
export type Comparable = {
  user: number | null
  source: string | undefined
  app: string | undefined
  fitsApp: (app: string) => boolean
  title: string | undefined
  regex: string | undefined
  regexLiterals: readonly string[] | null
  url: readonly string[] | undefined
  phone: string | undefined
  isPhoneBeginning: boolean
  contact: string | undefined
}

type Asking = { user_id: number | null; conditions: RuleConditions }

export function comparable({ user_id, conditions }: Asking): Comparable {
  const { source, app, titleContains, titleRegex, url, phone, contact } = conditions
  const program = app === undefined ? undefined : appOf(app)
  const regex = titleRegex?.normalize('NFC')
  return {
    user: user_id,
    source,
    app: program,
    fitsApp: wildcard(program ?? '*'),
    title: titleContains === undefined ? undefined : fold(titleContains),
    regex,
    regexLiterals: regex === undefined ? null : literalsOf(regex),
    url: url === undefined ? undefined : fold(url).split('*').filter(Boolean),
    phone: phone === undefined ? undefined : phoneOf(phone),
    isPhoneBeginning: phone?.endsWith('*') ?? false,
    contact: contact === undefined ? undefined : fold(contact),
  }
}

/** Rules with the same key ask for the same. */
export function keyOfConditions(one: Comparable): string {
  const { user, source, app, title, regex, url, phone, isPhoneBeginning, contact } = one
  return JSON.stringify([user, source, app, title, regex, url, phone, isPhoneBeginning, contact])
}

/** Whether `wide` holds for everything that `narrow` holds for. False when that cannot be told. */
export function covers(wide: Comparable, narrow: Comparable): boolean {
  return (
    (wide.user === null || wide.user === narrow.user) &&
    (wide.source === undefined || wide.source === narrow.source) &&
    (wide.regex === undefined || wide.regex === narrow.regex) &&
    (wide.contact === undefined || (narrow.contact?.includes(wide.contact) ?? false)) &&
    coversTitle(wide, narrow) &&
    coversApp(wide, narrow) &&
    coversPhone(wide, narrow) &&
    coversUrl(wide, narrow)
  )
}

function coversTitle({ title }: Comparable, narrow: Comparable): boolean {
  if (title === undefined || narrow.title?.includes(title)) return true
  return narrow.regexLiterals?.every((text) => text.includes(title)) ?? false
}

function coversApp({ app, fitsApp }: Comparable, narrow: Comparable): boolean {
  if (app === undefined || app === narrow.app) return true
  if (narrow.app === undefined) return false
  // A star takes in whatever stands there, stars too; a question mark only a letter.
  return (!app.includes('?') || !/[*?]/.test(narrow.app)) && fitsApp(narrow.app)
}

function coversPhone({ phone, isPhoneBeginning }: Comparable, narrow: Comparable): boolean {
  if (phone === undefined) return true
  if (narrow.phone === undefined) return false
  return isPhoneBeginning
    ? narrow.phone.startsWith(phone)
    : !narrow.isPhoneBeginning && narrow.phone === phone
}

function coversUrl({ url }: Comparable, narrow: Comparable): boolean {
  return url === undefined || (narrow.url !== undefined && inOrder(narrow.url.join('\0'), url))
}
