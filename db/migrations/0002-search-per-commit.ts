/**
 * New events enter the full-text index once a commit (db/search-index.ts) and no longer one by one: FTS5
 * writes out what it has gathered at every savepoint, and a trigger implies one, so each event made a
 * segment of its own for later merges to tidy up.
 */
export const searchPerCommit = 'DROP TRIGGER IF EXISTS events_insert_indexes'
