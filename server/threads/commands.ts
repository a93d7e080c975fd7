import { accessCommands } from '../access/commands.ts'
import { assignmentCommands } from '../assignments/commands.ts'
import { undoCommands } from '../assignments/undo.ts'
import { deviceCommands } from '../devices/commands.ts'
import { correctionCommands } from '../attendance/correction-commands.ts'
import { punchCommands } from '../attendance/punch-commands.ts'
import { workCommands } from '../attendance/work-commands.ts'
import { eventCommands } from '../events/commands.ts'
import { entryCommands } from '../events/entries.ts'
import { peopleCommands } from '../people/commands.ts'
import { projectCommands } from '../projects/commands.ts'
import { ruleCommands } from '../rules/commands.ts'
import { sessionCommands } from '../sessions/commands.ts'
import { settingsCommands } from '../settings/commands.ts'

/** Every write, by the id of the call that it answers (the field contract's are translated to these). */
export const commands = {
  ...accessCommands,
  ...peopleCommands,
  ...deviceCommands,
  ...eventCommands,
  ...entryCommands,
  ...projectCommands,
  ...assignmentCommands,
  ...undoCommands,
  ...ruleCommands,
  ...sessionCommands,
  ...settingsCommands,
  ...punchCommands,
  ...workCommands,
  ...correctionCommands,
}
export type Commands = typeof commands
