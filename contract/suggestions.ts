import { z } from 'zod'
import { call } from './call.ts'
import { LIMITS } from './events.ts'
import { DayText, Id, text } from './shapes.ts'

export const EVIDENCE = ['title', 'word', 'name', 'caller', 'host', 'app', 'hour', 'neighbour'] as const

/** What speaks for a target, the strongest first. */
export const Evidence = z.object({
  kind: z
    .enum(EVIDENCE)
    .describe(
      'title: the same was explained so before; word: a word of its title was; name: it says the name of the project, milestone or client; caller, host, app, hour: those usually go there; neighbour: what was right before or after does',
    ),
  text: z.string().nullable().describe('the word, caller, host or program'),
})
export type Evidence = z.infer<typeof Evidence>

/** What a session, or what of it is not explained yet, probably belongs to. */
export const SessionSuggestions = z.object({
  sessionId: Id,
  offers: z.array(z.object({ projectId: Id, milestoneId: Id.nullable(), because: z.array(Evidence) })),
})
export type SessionSuggestions = z.infer<typeof SessionSuggestions>

export const suggestionCalls = {
  'suggestions.ofDay': call({
    method: 'get',
    path: '/api/days/:day/suggestions',
    tag: 'Suggestions',
    summary: 'Up to three likely targets for each session of a day that is not explained',
    access: 'member',
    about:
      'Learned from what the same person explained in the 60 days before and on this day, and from the names of projects. Nothing is ever assigned by it.',
    params: z.object({ day: DayText }),
    query: z.strictObject({ user: text(LIMITS.handle).optional() }),
    answer: z.object({ items: z.array(SessionSuggestions) }),
  }),
} as const
