import { t } from './index.ts'

/** `seit 3 Tagen`, in the largest unit that is whole. */
export function upFor(seconds: number): string {
  if (seconds < 3_600) return t('kiosk.upMinutes', {}, Math.max(1, Math.floor(seconds / 60)))
  if (seconds < 86_400) return t('kiosk.upHours', {}, Math.floor(seconds / 3_600))
  return t('kiosk.upDays', {}, Math.floor(seconds / 86_400))
}
