import { asApiError } from '../api.ts'
import { type MessageKey, t } from './index.ts'

const KNOWN = {
  offline: 'reason.offline',
  busy: 'reason.busy',
  conflict: 'reason.conflict',
  forbidden: 'reason.forbidden',
  unauthorized: 'reason.unauthorized',
  disk_full: 'reason.diskFull',
  internal: 'reason.internal',
  not_found: 'reason.notFound',
  too_large: 'reason.tooLarge',
} as const satisfies Record<string, MessageKey>

/** Why something was refused, in the words of the shown language as far as we have them. */
export function reasonOf(error: unknown): string {
  const { code, message } = asApiError(error)
  return code in KNOWN ? t(KNOWN[code as keyof typeof KNOWN]) : message
}

/** What the hub says about a field, in the shown language. */
export function fieldReason(message: string | undefined): string | undefined {
  if (message === undefined) return undefined
  const most = /^at most (\d+) characters$/.exec(message)?.[1]
  if (most !== undefined) return t('reason.field.tooLong', { most })
  if (message === 'must not be empty') return t('reason.field.empty')
  if (/taken|exists|already|unique/i.test(message)) return t('reason.field.taken')
  return message
}
