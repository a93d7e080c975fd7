import type { Answer, Input } from '../../contract/calls.ts'
import { entryWriter } from '../entry.ts'
import { command } from '../threads/define.ts'
import { ownership } from '../whose.ts'

export const entryCommands = {
  'entries.create': command<Input<'entries.create'>, Answer<'entries.create'>>((context) => {
    const write = entryWriter(context)
    const whose = ownership(context.db.sql)
    return (entry, viewer) => {
      whose.ofOne(viewer, entry.user)
      return write(entry, viewer)
    }
  }),
}
