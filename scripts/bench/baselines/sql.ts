import { createServer } from 'node:http'
import { openReader } from '../../../db/open.ts'
import type { Read } from '../statements.ts'
import { serve } from './serve.ts'

/** One thread that runs the statement and `JSON.stringify` for every request. */
const [file = '', read = ''] = process.argv.slice(2)
const { sql, args } = JSON.parse(read) as Read
const statement = openReader(file).prepare(sql)

serve(
  createServer((_request, response) => {
    const body = Buffer.from(JSON.stringify(statement.all(...args)))
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
    })
    response.end(body)
  }),
)
