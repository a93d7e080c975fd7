import { formatUtc, type Clock } from '../contract/time.ts'

export type Log = (fields: object, message: string) => void

/** Lines as the server's (JSON, time in UTC), so that both can be read as one log. Ids and numbers only. */
export function createLog(write: (line: string) => void, clock: Clock): Log {
  return (fields, message) =>
    write(
      `${JSON.stringify({ level: 30, time: formatUtc(clock()), part: 'shell', ...fields, msg: message })}\n`,
    )
}
