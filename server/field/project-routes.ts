import { Refusal } from '../../contract/errors.ts'
import { answerQuery, mount, type Routes } from '../http/route.ts'
import { fieldCalls } from './calls.ts'
import type { FieldServices } from './services.ts'
import { milestoneToField, projectToField } from './wire.ts'
import { viewerOf } from '../http/viewer.ts'

export function projectRoutes(router: Routes, services: FieldServices): void {
  const { pool } = services

  mount(router, fieldCalls['field.projects.list'], (_input, req, res) =>
    answerQuery(services, 'field.projects.list', {}, req, res),
  )

  mount(router, fieldCalls['field.projects.create'], async ({ name, kunde, notizen }, _req, res) => {
    const fields = { name, client: kunde ?? null, notes: notizen ?? null }
    const id = idOf(await pool.query('field.projects.archived', { name }, viewerOf(res)))
    const project =
      id === null
        ? await pool.command('projects.create', fields, viewerOf(res))
        : await pool.command('projects.change', { id, ...fields, archived: false }, viewerOf(res))
    res.status(201).json(projectToField(project))
  })

  mount(router, fieldCalls['field.projects.change'], async ({ id, name, kunde, notizen }, _req, res) => {
    const project = await pool.command(
      'projects.change',
      {
        id,
        name,
        client: kunde ?? null,
        notes: notizen ?? null,
      },
      viewerOf(res),
    )
    res.json(projectToField(project))
  })

  mount(router, fieldCalls['field.projects.remove'], async ({ id }, _req, res) => {
    await removeOrArchive(
      () => pool.command('projects.remove', { id }, viewerOf(res)),
      () => pool.command('projects.change', { id, archived: true }, viewerOf(res)),
    )
    res.status(204).end()
  })

  mount(router, fieldCalls['field.milestones.list'], ({ project_id }, req, res) =>
    answerQuery(services, 'field.milestones.list', { project: project_id }, req, res),
  )

  mount(router, fieldCalls['field.milestones.create'], async (body, _req, res) => {
    const fields = milestoneFields(body)
    const project = body.project_id
    const id = idOf(
      await pool.query('field.milestones.archived', { project, name: body.name }, viewerOf(res)),
    )
    const milestone =
      id === null
        ? await pool.command('milestones.create', { id: project, ...fields }, viewerOf(res))
        : await pool.command('milestones.change', { id, ...fields, archived: false }, viewerOf(res))
    res.status(201).json(milestoneToField(milestone))
  })

  mount(router, fieldCalls['field.milestones.change'], async ({ id, ...body }, _req, res) => {
    const milestone = await pool.command(
      'milestones.change',
      {
        id,
        projectId: body.project_id,
        ...milestoneFields(body),
      },
      viewerOf(res),
    )
    res.json(milestoneToField(milestone))
  })

  mount(router, fieldCalls['field.milestones.remove'], async ({ id }, _req, res) => {
    await removeOrArchive(
      () => pool.command('milestones.remove', { id }, viewerOf(res)),
      () => pool.command('milestones.change', { id, archived: true }, viewerOf(res)),
    )
    res.status(204).end()
  })
}

function idOf({ bytes }: { bytes: Uint8Array }): number | null {
  return (JSON.parse(new TextDecoder().decode(bytes)) as { id: number | null }).id
}

type MilestoneBody = {
  name: string
  soll_stunden?: number | null | undefined
  ist_stunden?: number | null | undefined
  bonus_relevant?: boolean | null | undefined
}

function milestoneFields({ name, soll_stunden, ist_stunden, bonus_relevant }: MilestoneBody) {
  return {
    name,
    plannedHours: soll_stunden ?? null,
    doneBefore: ist_stunden ?? 0,
    bonusRelevant: bonus_relevant ?? false,
  }
}

/** The old service deleted and left assignments behind that pointed at nothing; hours are kept here. */
async function removeOrArchive(
  remove: () => Promise<unknown>,
  archive: () => Promise<unknown>,
): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'conflict') throw error
    await archive()
  }
}
