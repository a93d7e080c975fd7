import type { PunchKind } from '../../../contract/attendance.ts'
import { asApiError, ask } from '../../api.ts'
import { t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { newKey } from '../../new-key.ts'
import { complain, say } from '../../notice.ts'
import { clock } from '../../i18n/format.ts'
import type { Changes } from './edit.ts'
import type { AttendancePage } from './use-attendance.ts'

/** Why it was not stored, in words for who stands at the door. */
export function attendanceReason(error: unknown): string {
  const { code } = asApiError(error)
  if (code === 'conflict') return t('attendance.conflict')
  return code === 'clock_wrong' ? t('attendance.clockWrong') : reasonOf(error)
}

/** What can be done on the page. Each says what it did, or why it could not. */
export function useAttendanceActions({ act, user }: AttendancePage) {
  const whom = () => (user.value === null ? {} : { user: user.value })

  /** Returns whether it was done. */
  async function tried(what: () => Promise<unknown>, done: () => void): Promise<boolean> {
    try {
      await act(what)
      done()
      return true
    } catch (error) {
      complain(t('attendance.failed', { reason: attendanceReason(error) }))
      return false
    }
  }

  async function punch(kind: PunchKind): Promise<void> {
    let id = 0
    let what = ''
    await tried(
      async () => {
        const punch = await ask('punches.create', { key: newKey(), kind, ...whom() })
        id = punch.id
        what = t('attendance.said', { kind: t(`attendance.kind.${kind}`), time: clock(punch.at) })
      },
      () => say(what, () => void takeBack(id, what)),
    )
  }

  const takeBack = (id: number, what: string) =>
    tried(
      () => ask('punches.undo', { id: String(id) }),
      () => say(t('attendance.undone', { what })),
    )

  const correct = (changes: Changes, reason: string) =>
    tried(
      () => ask('corrections.create', { key: newKey(), reason, ...changes, ...whom() }),
      () => say(t('attendance.sent')),
    )

  /** The end of a shift that has none; counts at once. */
  const end = (at: string) =>
    tried(
      () =>
        ask('corrections.create', {
          key: newKey(),
          reason: t('attendance.forgotten.reason'),
          adds: [{ kind: 'out', at }],
          ...whom(),
        }),
      () => say(t('attendance.forgotten.saved')),
    )

  const decide = (id: number, approve: boolean) =>
    tried(
      () => ask('corrections.decide', { id: String(id), approve }),
      () => say(t(approve ? 'attendance.approved' : 'attendance.rejected')),
    )

  const withdraw = (id: number) =>
    tried(
      () => ask('corrections.withdraw', { id: String(id) }),
      () => say(t('attendance.withdrawn')),
    )

  return { punch, correct, end, decide, withdraw }
}
