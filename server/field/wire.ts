import type { Direction } from '../../contract/events.ts'
import type { Milestone, Project } from '../../contract/projects.ts'
import { formatWall, type Zone } from '../../contract/time.ts'
import type { EventRow } from '../../db/events.ts'
import type { FieldAssignmentRow } from '../../db/field-lists.ts'
import type { FieldAssignment, FieldEvent, FieldMilestone, FieldProject } from './shapes.ts'

/** Our rows in the old service's words: German names, naive times in the hub's zone. */
export function eventToField(row: EventRow, zone: Zone): FieldEvent {
  return {
    id: row.id,
    source_type: row.source === 'phone' ? 'phone' : 'window',
    timestamp_start: formatWall(row.start, zone),
    timestamp_end: formatWall(row.end, zone),
    duration_seconds: Math.floor((row.end - row.start) / 1000),
    is_private: row.private === 1,
    phone_number: row.phone_number,
    contact_name: row.contact,
    direction: row.direction === null ? null : row.direction.toUpperCase(),
    window_title: row.title,
    process_name: row.app,
    machine_id: row.machine,
    device_id: row.device,
    user_id: row.user,
  }
}

export function directionFromField(text: string | null | undefined): Direction | null {
  return text ? (text.toLowerCase() as Direction) : null
}

export function projectToField({
  id,
  name,
  client,
  notes,
}: Pick<Project, 'id' | 'name' | 'client' | 'notes'>): FieldProject {
  return { id, name, kunde: client, notizen: notes }
}

export function milestoneToField(milestone: Milestone): FieldMilestone {
  return {
    id: milestone.id,
    project_id: milestone.projectId,
    name: milestone.name,
    soll_stunden: milestone.plannedHours,
    ist_stunden: milestone.doneBefore,
    bonus_relevant: milestone.bonusRelevant,
  }
}

export function assignmentToField(row: FieldAssignmentRow, zone: Zone): FieldAssignment {
  return {
    id: row.assignment_id,
    event_id: row.id,
    project_id: row.project_id,
    milestone_id: row.milestone_id,
    activity_type: row.activity,
    comment: row.comment,
    event: eventToField(row, zone),
    project: { id: row.project_id, name: row.project_name, kunde: row.client, notizen: row.notes },
    milestone:
      row.milestone_id === null
        ? null
        : {
            id: row.milestone_id,
            project_id: row.project_id,
            name: row.milestone_name,
            soll_stunden: row.planned_hours,
            ist_stunden: row.done_before,
            bonus_relevant: row.bonus_relevant === 1,
          },
  }
}
