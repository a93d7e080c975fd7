/**
 * Who may do what: secrets of people, their log-ins, paired devices, wrong attempts, what was done.
 *
 * Secrets are only here as hashes: passwords and PINs by scrypt with a salt each, a badge by scrypt with the
 * salt of this database (it must be found by its hash alone), tokens, being random, by SHA-256.
 */
export const peopleAndAccess = `
ALTER TABLE users ADD COLUMN password TEXT;
ALTER TABLE users ADD COLUMN pin TEXT;
ALTER TABLE users ADD COLUMN badge BLOB;
-- Minutes that are to be worked, Monday to Sunday, as a JSON array; the balance counts from the day on.
ALTER TABLE users ADD COLUMN target_minutes TEXT;
ALTER TABLE users ADD COLUMN balance_from TEXT;
ALTER TABLE users ADD COLUMN carried_minutes INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX users_badge ON users (badge) WHERE badge IS NOT NULL;

CREATE TABLE devices (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL CHECK (kind IN ('agent', 'kiosk', 'monitor')),
  name       TEXT NOT NULL,
  user_id    INTEGER REFERENCES users (id),
  token      BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT;
CREATE INDEX devices_user ON devices (user_id);

-- A code that was shown, until it is used or late: for one device, or for one log-in of a person.
CREATE TABLE offers (
  code       BLOB PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('agent', 'kiosk', 'monitor', 'login')),
  name       TEXT NOT NULL,
  user_id    INTEGER REFERENCES users (id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX offers_user ON offers (user_id);

CREATE TABLE logins (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  token      BLOB NOT NULL UNIQUE,
  -- Delivers punches after the log-in has ended; a kiosk's only.
  ticket     BLOB UNIQUE,
  user_id    INTEGER NOT NULL REFERENCES users (id),
  via        TEXT NOT NULL CHECK (via IN ('setup', 'password', 'qr', 'pin', 'badge')),
  device_id  INTEGER REFERENCES devices (id),
  agent      TEXT,
  address    TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT;
CREATE INDEX logins_user ON logins (user_id);
CREATE INDEX logins_device ON logins (device_id);
CREATE INDEX logins_expires ON logins (expires_at);

-- When a device or log-in was heard of last: apart, because it changes all the time and nobody's rights with it.
CREATE TABLE sightings (
  kind            TEXT NOT NULL CHECK (kind IN ('device', 'login')),
  id              INTEGER NOT NULL,
  at              INTEGER NOT NULL,
  address         TEXT,
  clock_offset_ms INTEGER,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Wrong secrets, by what they were tried on: here, so that a restart forgives nobody.
CREATE TABLE attempts (
  subject      TEXT PRIMARY KEY,
  failures     INTEGER NOT NULL,
  last_at      INTEGER NOT NULL,
  locked_until INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_last ON attempts (last_at);

-- Badges are found by their hash, so all share a salt; it is no setting that anybody sees.
INSERT INTO settings (name, value, changed_at) VALUES ('badgeSalt', '"' || lower(hex(randomblob(16))) || '"', 0);

-- What people did: never what was in it.
CREATE TABLE audit_log (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,
  user_id INTEGER REFERENCES users (id),
  via     TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject INTEGER
) STRICT;
CREATE INDEX audit_log_user ON audit_log (user_id, id);

-- What an agent's clock was ahead when it said so: its own time is start + clock_offset_ms.
ALTER TABLE events ADD COLUMN clock_offset_ms INTEGER NOT NULL DEFAULT 0;

-- Whose batch it is, so that others neither see nor undo it; null: the operator's.
ALTER TABLE batches ADD COLUMN user_id INTEGER REFERENCES users (id);
CREATE INDEX batches_user ON batches (user_id, id);
`
