import Database from 'better-sqlite3'

/** As in the migration that made `events_fts`. */
const TOKENIZER = 'unicode61 remove_diacritics 2'

/**
 * Splits a search into words exactly as the full-text index split the titles, by asking the same
 * tokenizer. The index knows no phrases, so a "word" of two of its tokens would be an error; and what
 * it takes for a letter is a matter of its Unicode version, which a regular expression cannot know.
 */
export function wordSplitter(): (text: string) => string[] {
  const sql = new Database(':memory:')
  sql.exec(`CREATE VIRTUAL TABLE asked USING fts5 (text, tokenize = '${TOKENIZER}');
    CREATE VIRTUAL TABLE words USING fts5vocab (asked, instance)`)
  const put = sql.prepare<[string]>('INSERT OR REPLACE INTO asked (rowid, text) VALUES (1, ?)')
  const words = sql.prepare<[], string>('SELECT DISTINCT term FROM words ORDER BY offset').pluck()
  return (text) => {
    put.run(text.normalize('NFC'))
    return words.all()
  }
}
