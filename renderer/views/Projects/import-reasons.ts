import { type MessageKey, t } from '../../i18n/index.ts'

/** What the hub says about a file, and how that reads here; the names are of the groups in order. */
const KNOWN: { says: RegExp; key: MessageKey; names: string[] }[] = [
  {
    says: /^"(.*)" in column "(.*)" is no number from 0 to \d+\.$/,
    key: 'import.reason.hours',
    names: ['cell', 'column'],
  },
  { says: /^"(.*)" in column "(.*)" is neither yes/, key: 'import.reason.bonus', names: ['cell', 'column'] },
  {
    says: /^(\d+) cells, but the heading has (\d+)\.$/,
    key: 'import.reason.cells',
    names: ['cells', 'columns'],
  },
  {
    says: /^No column for the project\. .* found (.*)\.$/,
    key: 'import.reason.noProjectColumn',
    names: ['found'],
  },
  { says: /^No project, and no row above/, key: 'import.reason.noProject', names: [] },
  {
    says: /^More than (\d+) characters in column "(.*)"/,
    key: 'import.reason.tooLong',
    names: ['most', 'column'],
  },
  { says: /quotation mark/, key: 'import.reason.quote', names: [] },
  { says: /^The file is empty/, key: 'import.reason.empty', names: [] },
  { says: /^This is not a text file/, key: 'import.reason.notText', names: [] },
  { says: /larger than 5 MB|at most 5 MB/, key: 'import.reason.tooLarge', names: [] },
]

/** Why a file was refused, in the shown language as far as we know the reason; the line comes first. */
export function importReason(message: string): string {
  const [, line, rest = message] = /^Line (\d+): (.*)$/s.exec(message) ?? []
  const where = line === undefined ? '' : `${t('import.line', { line })}: `
  for (const { says, key, names } of KNOWN) {
    const found = says.exec(rest)
    if (found) return where + t(key, Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ''])))
  }
  return where + rest
}
