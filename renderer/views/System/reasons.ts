import { type MessageKey, t } from '../../i18n/index.ts'

/** What hosts say of a server that ended (server/host/, electron/utility-child.ts), and our words for it. */
const KNOWN: [pattern: RegExp, key: MessageKey][] = [
  [/^over its memory: (?<mb>[\d.]+) MB together, at most (?<cap>\d+)/, 'system.reason.hardTogether'],
  [/^over its memory: (?<mb>[\d.]+) MB together, cap (?<cap>\d+)/, 'system.reason.softTogether'],
  [/^over its memory: (?<mb>[\d.]+) MB, at most (?<cap>\d+)/, 'system.reason.hard'],
  [/^over its memory: (?<mb>[\d.]+) MB, cap (?<cap>\d+)/, 'system.reason.soft'],
  [/^out of memory: it needed more than its (?<mb>\d+) MB/, 'system.reason.heap'],
  [/^out of memory/, 'system.reason.outOfMemory'],
  [/^killed (from outside|because the machine)/, 'system.reason.killed'],
  [/^crashed \((?<signal>\w+)\)$/, 'system.reason.crashedBy'],
  [/^crashed$/, 'system.reason.crashed'],
  [/^ended by (?<signal>\w+)$/, 'system.reason.signal'],
  [/^ended with code (?<code>-?\d+)$/, 'system.reason.code'],
  [/^could not be started$/, 'system.reason.unstarted'],
  [/^its program file is damaged$/, 'system.reason.damaged'],
  [/^not ready within (?<seconds>\d+) s$/, 'system.reason.late'],
  [/^no answer over HTTP$/, 'system.reason.muteHttp'],
  [/^no answer/, 'system.reason.mute'],
]

/** Why a server ended, in the shown language as far as we have the words. */
export function reasonWords(reason: string): string {
  for (const [pattern, key] of KNOWN) {
    const found = pattern.exec(reason)
    if (found) return t(key, { ...found.groups })
  }
  return reason
}
