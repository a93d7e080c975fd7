/**
 * Numbers as spreadsheets write them: German `1.234,5` or English `1,234.5`.
 *
 * Most numbers say themselves which they are: `12.5` cannot be German, `0,25` cannot be English. Only
 * `1.234` and `1,234` (one to three digits, a sign, three digits) can be both, and are decided by the
 * company they keep. No number is ever read by stripping a sign that might be its decimal point.
 */
export type NumberStyle = 'german' | 'english'

/** The styles a text can be in: one, `both` (whole: no sign; or `unclear`: different values), or none. */
type Kind = NumberStyle | 'whole' | 'unclear' | 'none'

const WHOLE = /^\d+$/
const UNCLEAR = /^[1-9]\d{0,2}[.,]\d{3}$/
const GERMAN = /^(?:\d*,\d+|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?)$/
const ENGLISH = /^(?:\d*\.\d+|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?)$/

function kindOf(text: string): Kind {
  if (WHOLE.test(text)) return 'whole'
  if (UNCLEAR.test(text)) return 'unclear'
  if (GERMAN.test(text)) return 'german'
  return ENGLISH.test(text) ? 'english' : 'none'
}

/**
 * The style in which unclear numbers of a file are meant: that of most numbers in it that prove one,
 * `otherwise` if none does or they balance.
 */
export function styleOf(texts: Iterable<string>, otherwise: NumberStyle): NumberStyle {
  let germanLead = 0
  for (const text of texts) {
    const kind = kindOf(text)
    if (kind === 'german') germanLead++
    else if (kind === 'english') germanLead--
  }
  if (germanLead === 0) return otherwise
  return germanLead > 0 ? 'german' : 'english'
}

/**
 * Reads a number without a sign before it: by its own form where that is clear, else in `style`.
 * Null for anything else: empty, negative, exponents, signs in wrong places, words.
 */
export function readNumber(text: string, style: NumberStyle): number | null {
  const kind = kindOf(text)
  if (kind === 'none') return null
  const german = kind === 'german' || (kind === 'unclear' && style === 'german')
  return Number(german ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''))
}
