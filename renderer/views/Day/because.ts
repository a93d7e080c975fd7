import type { Evidence } from '../../../contract/suggestions.ts'
import { t } from '../../i18n/index.ts'

/** What a reason names; what names nothing speaks for itself. */
function named({ kind, text }: Evidence): string | null {
  if (text === null || text === '') return null
  if (kind === 'word' || kind === 'name') return t('day.because.word', { text })
  if (kind === 'caller') return t('day.because.caller', { text })
  return kind === 'app' || kind === 'host' ? text : null
}

/** Why something is offered, in words: `wegen „Brandschutz“, Nachbarblock`. That it is ten o'clock convinces nobody. */
export function reasonsOf(because: readonly Evidence[]): string {
  const names = because.flatMap((one) => named(one) ?? [])
  return [
    because.some(({ kind }) => kind === 'title') ? t('day.because.title') : null,
    names.length > 0 ? t('day.because', { what: names.join(', ') }) : null,
    because.some(({ kind }) => kind === 'neighbour') ? t('day.because.neighbour') : null,
  ]
    .filter((one) => one !== null)
    .join(', ')
}
