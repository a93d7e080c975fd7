import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

/** What a person is working on now. */
export type RunningRow = {
  user_id: number
  /** The request that began it. */
  key: string
  project_id: number
  milestone_id: number | null
  started_at: Instant
}

export type FavouriteRow = { project_id: number; milestone_id: number | null }

export function runningReads(sql: Sqlite) {
  const ofUser = sql.prepare<[number], RunningRow>('SELECT * FROM running_work WHERE user_id = ?')
  const anyOfProject = sql.prepare<[number], unknown>(
    'SELECT 1 FROM running_work WHERE project_id = ? LIMIT 1',
  )
  const anyOfMilestone = sql.prepare<[number], unknown>(
    'SELECT 1 FROM running_work WHERE milestone_id = ? LIMIT 1',
  )
  const favourites = sql.prepare<{ user: number; since: Instant; limit: number }, FavouriteRow>(
    `SELECT f.project_id, f.milestone_id FROM (
       SELECT a.project_id, a.milestone_id, max(e.start) AS latest
       FROM events e INDEXED BY events_user_start CROSS JOIN assignments a ON a.event_id = e.id
       WHERE e.deleted_at IS NULL AND e.user_id = @user AND e.start >= @since
       GROUP BY a.project_id, a.milestone_id ORDER BY sum(e.counted_ms) DESC LIMIT @limit
     ) f
     JOIN projects p ON p.id = f.project_id LEFT JOIN milestones m ON m.id = f.milestone_id
     WHERE p.archived = 0 AND coalesce(m.archived, 0) = 0
     ORDER BY latest DESC`,
  )
  return {
    ofUser: (user: number) => ofUser.get(user),
    anyOfProject: (project: number) => anyOfProject.get(project) !== undefined,
    anyOfMilestone: (milestone: number) => anyOfMilestone.get(milestone) !== undefined,
    /** What most of a person's time since then went to, the latest first. */
    favourites: (user: number, since: Instant, limit: number) => favourites.all({ user, since, limit }),
  }
}

export function runningWrites(db: WriteDb) {
  const put = db.sql.prepare<RunningRow>(
    `INSERT INTO running_work (user_id, key, project_id, milestone_id, started_at)
     VALUES (@user_id, @key, @project_id, @milestone_id, @started_at)
     ON CONFLICT (user_id) DO UPDATE SET key = excluded.key, project_id = excluded.project_id,
       milestone_id = excluded.milestone_id, started_at = excluded.started_at`,
  )
  const remove = db.sql.prepare<[number]>('DELETE FROM running_work WHERE user_id = ?')
  return {
    put(row: RunningRow): void {
      put.run(row)
      db.touch('running_work')
    },
    remove(user: number): void {
      remove.run(user)
      db.touch('running_work')
    },
  }
}
