import { z } from 'zod'
import { call } from './call.ts'
import { Colour, Flag, Hours, Id, IdText, label, text } from './shapes.ts'

export const PROJECT_LIMITS = { name: 128, client: 128, notes: 10_000, number: 64 } as const

export const Milestone = z.object({
  id: Id,
  projectId: Id,
  name: z.string(),
  plannedHours: z.number().nullable(),
  doneBefore: z.number().describe('hours done before TimeTrack, from the ERP'),
  bookedMs: z.int().describe('time assigned to it here'),
  bonusRelevant: z.boolean(),
  archived: z.boolean(),
  number: z.string().nullable().describe('number in the ERP'),
})
export type Milestone = z.infer<typeof Milestone>

export const Project = z.object({
  id: Id,
  name: z.string(),
  client: z.string().nullable(),
  notes: z.string().nullable(),
  colour: Colour,
  archived: z.boolean(),
  number: z.string().nullable().describe('number in the ERP'),
  bookedMs: z.int().describe('time assigned to it, with and without a milestone'),
  milestones: z.array(Milestone),
})
export type Project = z.infer<typeof Project>

const projectFields = {
  name: label(PROJECT_LIMITS.name),
  client: text(PROJECT_LIMITS.client).nullable(),
  notes: text(PROJECT_LIMITS.notes).nullable(),
  colour: Colour,
  archived: z.boolean(),
  number: text(PROJECT_LIMITS.number).nullable(),
}

const milestoneFields = {
  name: label(PROJECT_LIMITS.name),
  plannedHours: Hours.nullable(),
  doneBefore: Hours,
  bonusRelevant: z.boolean(),
  archived: z.boolean(),
  number: text(PROJECT_LIMITS.number).nullable(),
}

const byId = z.object({ id: IdText })

const newProject = z.strictObject(projectFields).partial().required({ name: true })
const newMilestone = z.strictObject(milestoneFields).partial().required({ name: true })

export const projectCalls = {
  'projects.list': call({
    method: 'get',
    path: '/api/projects',
    tag: 'Projects',
    summary: 'Projects with their milestones, by name',
    access: 'person',
    query: z.strictObject({ archived: Flag.default(false).describe('true: archived ones too') }),
    answer: z.object({ items: z.array(Project) }),
  }),
  'projects.create': call({
    method: 'post',
    path: '/api/projects',
    tag: 'Projects',
    summary: 'Create a project',
    access: 'admin',
    body: newProject,
    status: 201,
    answer: Project,
  }),
  'projects.change': call({
    method: 'patch',
    path: '/api/projects/:id',
    tag: 'Projects',
    summary: 'Change or archive a project',
    access: 'admin',
    params: byId,
    body: z.strictObject(projectFields).partial(),
    answer: Project,
  }),
  'projects.remove': call({
    method: 'delete',
    path: '/api/projects/:id',
    tag: 'Projects',
    summary: 'Delete a project that no time is assigned to',
    access: 'admin',
    about: 'A project with hours or rules is refused (409): archive it instead.',
    params: byId,
    status: 204,
  }),
  'milestones.create': call({
    method: 'post',
    path: '/api/projects/:id/milestones',
    tag: 'Projects',
    summary: 'Create a milestone',
    access: 'admin',
    params: byId,
    body: newMilestone,
    status: 201,
    answer: Milestone,
  }),
  'milestones.change': call({
    method: 'patch',
    path: '/api/milestones/:id',
    tag: 'Projects',
    summary: 'Change or archive a milestone',
    access: 'admin',
    params: byId,
    body: z
      .strictObject({
        ...milestoneFields,
        projectId: Id.describe('moves it, with its hours, to another project'),
      })
      .partial(),
    answer: Milestone,
  }),
  'milestones.remove': call({
    method: 'delete',
    path: '/api/milestones/:id',
    tag: 'Projects',
    summary: 'Delete a milestone that no time is assigned to',
    access: 'admin',
    about: 'A milestone with hours or rules is refused (409): archive it instead.',
    params: byId,
    status: 204,
  }),
} as const

export const IMPORT_LIMIT = 5 * 1024 * 1024

/** What one line of an ERP's CSV does to the projects. */
export const ImportLine = z.object({
  line: z.int().describe('line in the file, the header is 1'),
  project: z.string(),
  milestone: z.string().nullable(),
  effect: z.enum(['create', 'update', 'same']),
  changes: z.array(
    z.object({
      field: z.enum([
        'project',
        'milestone',
        'client',
        'notes',
        'plannedHours',
        'doneBefore',
        'bonusRelevant',
      ]),
      from: z.union([z.string(), z.number(), z.boolean()]).nullable(),
      to: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    }),
  ),
})
export type ImportLine = z.infer<typeof ImportLine>

export const ImportPlan = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  lines: z.array(ImportLine),
  counts: z.object({
    projectsCreated: z.int(),
    projectsUpdated: z.int(),
    milestonesCreated: z.int(),
    milestonesUpdated: z.int(),
  }),
})
export type ImportPlan = z.infer<typeof ImportPlan>

export const importCalls = {
  'import.preview': call({
    method: 'post',
    path: '/api/import/projects/preview',
    tag: 'Projects',
    summary: "What an ERP's CSV would change, line by line; nothing is written",
    access: 'admin',
    upload: IMPORT_LIMIT,
    answer: ImportPlan,
  }),
  'import.apply': call({
    method: 'post',
    path: '/api/import/projects',
    tag: 'Projects',
    summary: "Import projects and milestones from an ERP's CSV, all or nothing",
    access: 'admin',
    upload: IMPORT_LIMIT,
    answer: ImportPlan,
  }),
} as const
