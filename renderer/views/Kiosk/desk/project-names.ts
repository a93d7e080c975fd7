import type { Project } from '../../../../contract/projects.ts'
import { t } from '../../../i18n/index.ts'
import type { Pick } from '../../../picker/picks.ts'

export type Named = Pick & { project: string; milestone: string | null; colour: number }

/** What a target is called. One that cannot be looked up has a name nevertheless: its time is not lost. */
export function nameOf(pick: Pick, projects: readonly Project[]): Named {
  const project = projects.find(({ id }) => id === pick.projectId)
  const milestone = project?.milestones.find(({ id }) => id === pick.milestoneId)
  return {
    projectId: pick.projectId,
    milestoneId: pick.milestoneId,
    project: project?.name ?? t('day.unknownProject'),
    milestone: milestone?.name ?? null,
    colour: project?.colour ?? 10,
  }
}
