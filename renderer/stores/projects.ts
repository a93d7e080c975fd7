import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Request } from '../../contract/calls.ts'
import type { Milestone, Project } from '../../contract/projects.ts'
import { type ApiError, asApiError, ask } from '../api.ts'

type ProjectFields = Omit<Request<'projects.change'>, 'id'>
type MilestoneFields = Omit<Request<'milestones.change'>, 'id'>

/** All projects, archived ones too: time that was assigned to them still has to be named. */
export const useProjects = defineStore('projects', () => {
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const failure = shallowRef<ApiError | null>(null)
  const projects = shallowRef<Project[]>([])
  const active = computed(() => projects.value.filter((project) => !project.archived))
  const byId = computed(() => new Map(projects.value.map((project) => [project.id, project])))
  const milestones = computed(
    () =>
      new Map<number, Milestone>(
        projects.value.flatMap((project) => project.milestones.map((one) => [one.id, one] as const)),
      ),
  )
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    if (state.value !== 'ready') state.value = 'loading'
    try {
      const { items } = await ask('projects.list', { archived: 'true' })
      if (mine !== asked) return
      projects.value = items
      state.value = 'ready'
      failure.value = null
    } catch (error) {
      if (mine !== asked) return
      failure.value = asApiError(error)
      if (state.value !== 'ready') state.value = 'failed'
    }
  }

  async function saveProject(id: number | null, fields: ProjectFields & { name: string }): Promise<Project> {
    const saved =
      id === null
        ? await ask('projects.create', fields)
        : await ask('projects.change', { id: String(id), ...fields })
    await load()
    return saved
  }

  async function changeProject(id: number, fields: ProjectFields): Promise<void> {
    await ask('projects.change', { id: String(id), ...fields })
    await load()
  }

  async function removeProject(id: number): Promise<void> {
    await ask('projects.remove', { id: String(id) })
    await load()
  }

  async function saveMilestone(
    projectId: number,
    id: number | null,
    fields: MilestoneFields & { name: string },
  ): Promise<void> {
    if (id === null) await ask('milestones.create', { id: String(projectId), ...fields })
    else await ask('milestones.change', { id: String(id), ...fields })
    await load()
  }

  async function changeMilestone(id: number, fields: MilestoneFields): Promise<void> {
    await ask('milestones.change', { id: String(id), ...fields })
    await load()
  }

  async function removeMilestone(id: number): Promise<void> {
    await ask('milestones.remove', { id: String(id) })
    await load()
  }

  return {
    state,
    failure,
    projects,
    active,
    byId,
    milestones,
    load,
    saveProject,
    changeProject,
    removeProject,
    saveMilestone,
    changeMilestone,
    removeMilestone,
  }
})
