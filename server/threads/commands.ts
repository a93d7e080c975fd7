import { assignmentCommands } from '../assignments/commands.ts'
import { eventCommands } from '../events/commands.ts'
import { projectCommands } from '../projects/commands.ts'

/** Every write, by the id of the call that it answers (the field contract's are translated to these). */
export const commands = {
  ...eventCommands,
  ...projectCommands,
  ...assignmentCommands,
}
export type Commands = typeof commands
