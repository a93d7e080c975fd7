import type { Answer, Input } from '../../contract/calls.ts'
import { choose } from '../../contract/usual-settings.ts'
import { dayRange } from '../../contract/time.ts'
import { sessionReads } from '../../db/sessions.ts'
import { settingReads } from '../../db/settings.ts'
import { currentSettings } from '../settings.ts'
import { query } from '../threads/define.ts'
import { foldSessions } from './aggregate.ts'
import { readProgress } from './rebuild.ts'
import { awaySince } from '../presence.ts'
import { ownership } from '../whose.ts'
import { sessionToWire } from '../session-wire.ts'

export const sessionQueries = {
  'sessions.preview': query<Input<'sessions.preview'>, Answer<'sessions.preview'>>(
    ['events', 'users', 'settings'],
    ({ sql, zone, dayStartMinutes }) => {
      const reads = sessionReads(sql)
      const whose = ownership(sql)
      const current = currentSettings(sql)
      return ({ day, user, ...chosen }, viewer) => {
        const settings = choose(current().sessions, chosen)
        const { start: from, end: to } = dayRange(day, zone, dayStartMinutes)
        const span = { user: whose.ofOne(viewer, user), from, to }
        const away = reads.away({ ...span, from: awaySince(from) })
        const placed = foldSessions(reads.events(span), away, settings)
        const sessions = [...new Set(placed.flatMap(({ session }) => session ?? []))]
        return {
          sessions: sessions
            .toSorted((a, b) => a.start - b.start)
            .map(({ activeMs, events, breaks, ...session }) => {
              const row = { ...session, id: 0, active_ms: activeMs, event_count: events, break_count: breaks }
              const { id: _, ...wire } = sessionToWire(row, settings.smallSeconds * 1000, zone)
              return wire
            }),
        }
      }
    },
  ),

  'sessions.progress': query<Input<'sessions.progress'>, Answer<'sessions.progress'>>(
    ['settings'],
    ({ sql }) => {
      const settings = settingReads(sql)
      return () => {
        const { done = 0, total = 0, isComplete = false } = readProgress(settings) ?? {}
        return { done, total, complete: isComplete }
      }
    },
  ),
}
