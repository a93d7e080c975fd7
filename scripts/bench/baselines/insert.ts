import { createServer } from 'node:http'
import { zone } from '../../../contract/time.ts'
import { eventWrites } from '../../../db/events.ts'
import { openWriter } from '../../../db/open.ts'
import { searchIndex } from '../../../db/search-index.ts'
import { userWrites } from '../../../db/users.ts'
import { dedupeByContent } from '../../../server/events/dedupe.ts'
import { windowRecording } from '../../../server/field/recordings.ts'
import type { WindowEvent } from '../../../server/field/shapes.ts'
import { serve } from './serve.ts'

/** Stores every event in a transaction of its own, synced before it is acknowledged. */
const [file = '', zoneName = 'UTC'] = process.argv.slice(2)
const sql = openWriter(file, 'FULL')
const db = { sql, touch: () => {}, changed: () => {} }
const events = eventWrites(db)
const users = userWrites(db)
const search = searchIndex(sql)
const here = zone(zoneName)

const transaction = sql.transaction((sent: WindowEvent) => {
  const { user, ...reported } = windowRecording(sent, here, Date.now)
  const newest = search.newest()
  const id = events.insert({
    ...reported,
    user_id: user === null ? null : users.ensure(user),
    dedupe: dedupeByContent({ ...reported, user }),
    recorded_at: Date.now(),
  })
  search.add(newest)
  return id
})
const store = (sent: WindowEvent) => transaction.immediate(sent)

const server = createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (piece: string) => (text += piece))
  request.on('end', () => {
    const sent = JSON.parse(text) as WindowEvent
    const body = JSON.stringify({ ...sent, id: store(sent) })
    response.writeHead(201, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    })
    response.end(body)
  })
})
serve(server)
