/**
 * Sessions, assignment rules and settings.
 *
 * `events.session_id` names a session of the same person, so the events of one are found by its span; it is
 * no foreign key, which would need an index of a million entries. `events.piece`: a person split or
 * merged; events of one piece are one session whatever their titles say. `away_ms` of an event nobody sat
 * at the machine (AFK), so it counts for nothing.
 */
export const sessionsAndRules = `
CREATE TABLE settings (
  name       TEXT PRIMARY KEY,
  value      TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id     INTEGER REFERENCES users (id),
  day         TEXT NOT NULL,
  stream      TEXT NOT NULL,
  title       TEXT,
  piece       INTEGER,
  start       INTEGER NOT NULL,
  "end"       INTEGER NOT NULL,
  active_ms   INTEGER NOT NULL,
  event_count INTEGER NOT NULL,
  break_count INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_user_day ON sessions (user_id, day);
CREATE INDEX sessions_user_start ON sessions (user_id, start);
CREATE INDEX sessions_start ON sessions (start);

ALTER TABLE events ADD COLUMN session_id INTEGER;
ALTER TABLE events ADD COLUMN piece INTEGER;
ALTER TABLE events ADD COLUMN split_from INTEGER REFERENCES events (id);
ALTER TABLE events ADD COLUMN away_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX events_split_from ON events (split_from) WHERE split_from IS NOT NULL;

-- A rule that was removed stays while assignments name it; it holds on to no project.
CREATE TABLE assignment_rules (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  name             TEXT NOT NULL,
  priority         INTEGER NOT NULL,
  enabled          INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  user_id          INTEGER REFERENCES users (id),
  conditions       TEXT NOT NULL,
  regex_size       INTEGER NOT NULL DEFAULT 0,
  project_id       INTEGER REFERENCES projects (id),
  milestone_id     INTEGER,
  activity         TEXT,
  comment_template TEXT,
  version          INTEGER NOT NULL DEFAULT 1,
  deleted_at       INTEGER,
  CHECK (deleted_at IS NOT NULL OR project_id IS NOT NULL),
  FOREIGN KEY (milestone_id, project_id) REFERENCES milestones (id, project_id) ON UPDATE CASCADE
) STRICT;

CREATE INDEX assignment_rules_order ON assignment_rules (priority DESC, id) WHERE deleted_at IS NULL;
CREATE INDEX assignment_rules_project ON assignment_rules (project_id);
CREATE INDEX assignment_rules_milestone ON assignment_rules (milestone_id, project_id);
CREATE INDEX assignment_rules_user ON assignment_rules (user_id);

-- What a rule said when it assigned something, also after it was changed or removed.
CREATE TABLE rule_versions (
  rule_id    INTEGER NOT NULL REFERENCES assignment_rules (id) ON DELETE CASCADE,
  version    INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  definition TEXT NOT NULL,
  PRIMARY KEY (rule_id, version)
) STRICT, WITHOUT ROWID;

-- One row. \`stamp\` is another one whenever the rules that act are others, so that whoever has compiled them
-- knows when to do it anew. While rules are behind, \`behind\` is the event that they have got to.
CREATE TABLE rules_state (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  stamp  BLOB NOT NULL,
  behind INTEGER
) STRICT;
INSERT INTO rules_state (id, stamp) VALUES (1, randomblob(8));

CREATE TRIGGER assignment_rules_insert_stamps AFTER INSERT ON assignment_rules BEGIN
  UPDATE rules_state SET stamp = randomblob(8);
END;
CREATE TRIGGER assignment_rules_update_stamps AFTER UPDATE ON assignment_rules BEGIN
  UPDATE rules_state SET stamp = randomblob(8);
END;
CREATE TRIGGER assignment_rules_delete_stamps AFTER DELETE ON assignment_rules BEGIN
  UPDATE rules_state SET stamp = randomblob(8);
END;
CREATE TRIGGER projects_archive_stamps AFTER UPDATE OF archived ON projects WHEN old.archived <> new.archived BEGIN
  UPDATE rules_state SET stamp = randomblob(8);
END;
CREATE TRIGGER milestones_archive_stamps AFTER UPDATE OF archived ON milestones WHEN old.archived <> new.archived BEGIN
  UPDATE rules_state SET stamp = randomblob(8);
END;

ALTER TABLE assignments ADD COLUMN rule_id INTEGER REFERENCES assignment_rules (id);
ALTER TABLE assignments ADD COLUMN rule_version INTEGER;
CREATE INDEX assignments_rule ON assignments (rule_id) WHERE rule_id IS NOT NULL;

-- Time away from the machine is no work: counted_ms says so from here on.
DROP TRIGGER assignments_insert_books;
DROP TRIGGER assignments_delete_unbooks;
DROP TRIGGER assignments_update_rebooks;
DROP TRIGGER events_update_rebooks;
ALTER TABLE events DROP COLUMN counted_ms;
ALTER TABLE events ADD COLUMN counted_ms INTEGER NOT NULL GENERATED ALWAYS AS
  (CASE WHEN deleted_at IS NULL AND ignored = 0 THEN "end" - start - away_ms ELSE 0 END) VIRTUAL;

CREATE TRIGGER assignments_insert_books AFTER INSERT ON assignments BEGIN
  INSERT INTO booked (project_id, milestone_id, ms)
    VALUES (new.project_id, coalesce(new.milestone_id, 0), (SELECT counted_ms FROM events WHERE id = new.event_id))
    ON CONFLICT DO UPDATE SET ms = ms + excluded.ms;
END;

CREATE TRIGGER assignments_delete_unbooks AFTER DELETE ON assignments BEGIN
  UPDATE booked SET ms = ms - (SELECT counted_ms FROM events WHERE id = old.event_id)
    WHERE project_id = old.project_id AND milestone_id = coalesce(old.milestone_id, 0);
END;

CREATE TRIGGER assignments_update_rebooks AFTER UPDATE OF event_id, project_id, milestone_id ON assignments BEGIN
  UPDATE booked SET ms = ms - (SELECT counted_ms FROM events WHERE id = old.event_id)
    WHERE project_id = old.project_id AND milestone_id = coalesce(old.milestone_id, 0);
  INSERT INTO booked (project_id, milestone_id, ms)
    VALUES (new.project_id, coalesce(new.milestone_id, 0), (SELECT counted_ms FROM events WHERE id = new.event_id))
    ON CONFLICT DO UPDATE SET ms = ms + excluded.ms;
END;

CREATE TRIGGER events_update_rebooks AFTER UPDATE OF start, "end", ignored, deleted_at, away_ms ON events
WHEN old.counted_ms <> new.counted_ms BEGIN
  UPDATE booked SET ms = ms + new.counted_ms - old.counted_ms
    WHERE (project_id, milestone_id) = (SELECT project_id, coalesce(milestone_id, 0) FROM assignments WHERE event_id = new.id);
END;
`
