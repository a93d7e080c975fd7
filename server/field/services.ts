import type { Clock } from '../../contract/time.ts'
import type { Services } from '../http/route.ts'
import type { Calendar } from '../threads/define.ts'

export type FieldServices = Services & {
  calendar: Calendar
  clock: Clock
  log: { error(fields: object, message: string): void }
}
