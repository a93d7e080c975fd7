/**
 * The tables of the first release. Released migrations are never edited: add the next file.
 *
 * Instants are milliseconds UTC. `counted_ms` is what an event adds to a sum of hours: nothing while
 * it is ignored or deleted.
 */
export const firstTables = `
CREATE TABLE users (
  id      INTEGER PRIMARY KEY,
  handle  TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  role    TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('admin', 'member')),
  locale  TEXT,
  colour  INTEGER NOT NULL DEFAULT 0,
  active  INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE projects (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  client   TEXT,
  notes    TEXT,
  colour   INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  number   TEXT
) STRICT;

CREATE TABLE milestones (
  id             INTEGER PRIMARY KEY,
  project_id     INTEGER NOT NULL REFERENCES projects (id),
  name           TEXT NOT NULL,
  planned_hours  REAL,
  done_before    REAL NOT NULL DEFAULT 0,
  bonus_relevant INTEGER NOT NULL DEFAULT 0 CHECK (bonus_relevant IN (0, 1)),
  archived       INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  number         TEXT,
  UNIQUE (project_id, name),
  UNIQUE (id, project_id)
) STRICT;

CREATE TABLE events (
  id           INTEGER PRIMARY KEY,
  source       TEXT NOT NULL CHECK (source IN ('window', 'browser', 'editor', 'afk', 'phone', 'calendar', 'manual')),
  user_id      INTEGER REFERENCES users (id),
  machine      TEXT,
  device       TEXT,
  start        INTEGER NOT NULL,
  "end"        INTEGER NOT NULL CHECK ("end" >= start),
  title        TEXT,
  app          TEXT,
  url          TEXT,
  phone_number TEXT,
  contact      TEXT,
  direction    TEXT CHECK (direction IN ('incoming', 'outgoing', 'missed', 'internal')),
  private      INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)),
  ignored      INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1)),
  deleted_at   INTEGER,
  dedupe       BLOB NOT NULL UNIQUE,
  recorded_at  INTEGER NOT NULL,
  counted_ms   INTEGER NOT NULL GENERATED ALWAYS AS (CASE WHEN deleted_at IS NULL AND ignored = 0 THEN "end" - start ELSE 0 END) VIRTUAL
) STRICT;

CREATE INDEX events_start ON events (start) WHERE deleted_at IS NULL;
CREATE INDEX events_user_start ON events (user_id, start) WHERE deleted_at IS NULL;
CREATE INDEX events_source_start ON events (source, start) WHERE deleted_at IS NULL;
CREATE INDEX events_user_source_start ON events (user_id, source, start) WHERE deleted_at IS NULL;
CREATE INDEX events_deleted ON events (start) WHERE deleted_at IS NOT NULL;
-- Events over six hours: a range query looks back six hours in (start) and finds the rest here.
CREATE INDEX events_long ON events ("end") WHERE deleted_at IS NULL AND "end" - start > 21600000;

CREATE TABLE batches (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL,
  at           INTEGER NOT NULL,
  row_count    INTEGER NOT NULL DEFAULT 0,
  project_id   INTEGER REFERENCES projects (id) ON DELETE SET NULL,
  milestone_id INTEGER REFERENCES milestones (id) ON DELETE SET NULL,
  undone_at    INTEGER
) STRICT;

CREATE INDEX batches_project ON batches (project_id);
CREATE INDEX batches_milestone ON batches (milestone_id);

CREATE TABLE batch_rows (
  batch_id INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
  event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  before   TEXT,
  after    TEXT,
  PRIMARY KEY (batch_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_rows_event ON batch_rows (event_id);

-- AUTOINCREMENT: an undone removal puts its row back under its old id, which nobody may have got meanwhile.
CREATE TABLE assignments (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id     INTEGER NOT NULL UNIQUE REFERENCES events (id),
  project_id   INTEGER NOT NULL REFERENCES projects (id),
  milestone_id INTEGER,
  activity     TEXT,
  comment      TEXT,
  source       TEXT NOT NULL CHECK (source IN ('manual', 'rule', 'import')),
  batch_id     INTEGER REFERENCES batches (id),
  FOREIGN KEY (milestone_id, project_id) REFERENCES milestones (id, project_id) ON UPDATE CASCADE
) STRICT;

CREATE INDEX assignments_project ON assignments (project_id);
CREATE INDEX assignments_milestone ON assignments (milestone_id, project_id);
CREATE INDEX assignments_batch ON assignments (batch_id);

-- Hours per milestone (0: the project itself), kept by the triggers below, so that a project list
-- does not add up a million events.
CREATE TABLE booked (
  project_id   INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  milestone_id INTEGER NOT NULL,
  ms           INTEGER NOT NULL,
  PRIMARY KEY (project_id, milestone_id)
) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER events_update_rebooks AFTER UPDATE OF start, "end", ignored, deleted_at ON events
WHEN old.counted_ms <> new.counted_ms BEGIN
  UPDATE booked SET ms = ms + new.counted_ms - old.counted_ms
    WHERE (project_id, milestone_id) = (SELECT project_id, coalesce(milestone_id, 0) FROM assignments WHERE event_id = new.id);
END;

-- Full-text search in the order of time: the row id is (second of start, id), so that the newest
-- matches are read first and none has to be sorted. \`facets\` holds u<user id> and s<source>.
CREATE VIRTUAL TABLE events_fts USING fts5 (
  title, app, contact, facets,
  content = '', contentless_delete = 1, detail = column, prefix = '3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER events_insert_indexes AFTER INSERT ON events BEGIN
  INSERT INTO events_fts (rowid, title, app, contact, facets)
    VALUES ((new.start / 1000) << 30 | new.id, new.title, new.app, new.contact, 'u' || coalesce(new.user_id, 0) || ' s' || new.source);
END;

CREATE TRIGGER events_delete_unindexes AFTER DELETE ON events BEGIN
  DELETE FROM events_fts WHERE rowid = ((old.start / 1000) << 30 | old.id);
END;

CREATE TRIGGER events_update_reindexes AFTER UPDATE OF start, title, app, contact, user_id, source ON events BEGIN
  DELETE FROM events_fts WHERE rowid = ((old.start / 1000) << 30 | old.id);
  INSERT INTO events_fts (rowid, title, app, contact, facets)
    VALUES ((new.start / 1000) << 30 | new.id, new.title, new.app, new.contact, 'u' || coalesce(new.user_id, 0) || ' s' || new.source);
END;
`
