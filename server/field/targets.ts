type Body = {
  project_id: number
  milestone_id?: number | null | undefined
  activity_type?: string | null | undefined
  comment?: string | null | undefined
}

/** Where time goes, from the old service's words. */
export function targetOf({ project_id, milestone_id, activity_type, comment }: Body) {
  return {
    projectId: project_id,
    milestoneId: milestone_id ?? null,
    activity: activity_type ?? null,
    comment: comment ?? null,
  }
}
