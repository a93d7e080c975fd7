/**
 * When people came and went. A punch is never changed or deleted: taken back within a minute it has
 * `undone_at`, replaced by a correction `voided_by`; what counts is what has neither.
 */
export const attendance = `
CREATE TABLE corrections (
  id            INTEGER PRIMARY KEY,
  user_id       INTEGER NOT NULL REFERENCES users (id),
  key           TEXT NOT NULL,
  -- The day of attendance that it is about.
  day           TEXT NOT NULL,
  at            INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  -- {"voids": [punch ids], "adds": [{"kind", "at"}]}
  wanted        TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn')),
  -- It only said when a forgotten shift ended, and counts without anybody's decision.
  self_reported INTEGER NOT NULL DEFAULT 0 CHECK (self_reported IN (0, 1)),
  -- Null with a time: the operator.
  decided_by    INTEGER REFERENCES users (id),
  decided_at    INTEGER,
  note          TEXT,
  UNIQUE (user_id, key)
) STRICT;
CREATE INDEX corrections_user_day ON corrections (user_id, day);
CREATE INDEX corrections_state ON corrections (state);

CREATE TABLE punches (
  id             INTEGER PRIMARY KEY,
  user_id        INTEGER NOT NULL REFERENCES users (id),
  key            TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('in', 'break_start', 'break_end', 'out')),
  at             INTEGER NOT NULL,
  recorded_at    INTEGER NOT NULL,
  device_id      INTEGER REFERENCES devices (id),
  -- The correction that added it.
  correction_id  INTEGER REFERENCES corrections (id),
  -- The correction for which it counts no more.
  voided_by      INTEGER REFERENCES corrections (id),
  undone_at      INTEGER,
  -- The batch that made an entry of what was worked on, so that taking it back goes on with that.
  ended_batch_id INTEGER REFERENCES batches (id) ON DELETE SET NULL,
  UNIQUE (user_id, key)
) STRICT;
CREATE INDEX punches_user_at ON punches (user_id, at) WHERE voided_by IS NULL AND undone_at IS NULL;
CREATE INDEX punches_ended_batch ON punches (ended_batch_id) WHERE ended_batch_id IS NOT NULL;

-- What people said to be working on; becomes an event when it ends.
CREATE TABLE running_work (
  user_id      INTEGER PRIMARY KEY REFERENCES users (id),
  key          TEXT NOT NULL,
  project_id   INTEGER NOT NULL REFERENCES projects (id),
  milestone_id INTEGER,
  started_at   INTEGER NOT NULL,
  FOREIGN KEY (milestone_id, project_id) REFERENCES milestones (id, project_id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX running_work_project ON running_work (project_id);
CREATE INDEX running_work_milestone ON running_work (milestone_id, project_id);
`
