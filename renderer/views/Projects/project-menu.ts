import { Archive, ArchiveRestore, Pencil, Plus, Trash2 } from '@lucide/vue'
import type { Milestone, Project } from '../../../contract/projects.ts'
import { t } from '../../i18n/index.ts'
import type { MenuItem } from '../../ui/menu-item.ts'

/** A project, or a milestone of it. */
export type Subject = { project: Project; milestone: Milestone | null }
export type Choice = 'edit' | 'add' | 'archive' | 'restore' | 'delete'

export function projectMenu({ project, milestone }: Subject): MenuItem<Choice>[] {
  const add: MenuItem<Choice>[] =
    milestone === null && !project.archived ? [{ id: 'add', label: t('milestones.add'), icon: Plus }] : []
  const isArchived = milestone?.archived ?? project.archived
  return [
    { id: 'edit', label: t('edit'), icon: Pencil },
    ...add,
    isArchived
      ? { id: 'restore', label: t('projects.restore'), icon: ArchiveRestore }
      : { id: 'archive', label: t('projects.archive'), icon: Archive },
    { id: 'delete', label: t('delete'), icon: Trash2, bad: true },
  ]
}
