import { hash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { formatWall, zone } from '../../../contract/time.ts'
import type { ExportRow } from '../../../db/export.ts'
import { openReader } from '../../../db/open.ts'
import type { Read } from '../statements.ts'

/** A loop over the rows that writes the CSV and does nothing else; `keep` returns it to be compared. */
const [file = '', read = '', zoneName = 'UTC', head = ''] = process.argv.slice(2)
const { sql, args } = JSON.parse(read) as Read
const statement = openReader(file).prepare<unknown[], ExportRow>(sql)
const here = zone(zoneName)

const quoted = (text: string | null) =>
  text === null ? '' : /[,"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

function line(row: ExportRow): string {
  const start = formatWall(row.start, here)
  const end = formatWall(row.end, here)
  const minutes = Math.round((row.end - row.start) / 600) / 100
  return `${start.slice(0, 10)},${start.slice(11, 19)},${end.slice(11, 19)},${minutes},${row.source},${quoted(row.phone_number)},${quoted(row.contact)},${quoted(row.title)},${quoted(row.app)},${quoted(row.project)},${quoted(row.milestone)},${quoted(row.activity)},${quoted(row.comment)}\r\n`
}

function write(target: (text: string) => void): number {
  let text = head
  let rows = 0
  for (const row of statement.iterate(...args)) {
    text += line(row)
    rows++
    if (text.length > 65_536) {
      target(text)
      text = ''
    }
  }
  target(text)
  return rows
}

process.on('message', ({ keep }: { keep: boolean }) => {
  if (keep) {
    let all = ''
    const rows = write((text) => (all += text))
    process.send?.({ rows, sha256: hash('sha256', all) })
    return
  }
  const began = performance.now()
  const out = openSync('/dev/null', 'w')
  write((text) => writeSync(out, text))
  closeSync(out)
  process.send?.({ ms: performance.now() - began })
})
process.on('disconnect', () => process.exit())
process.send?.({ kind: 'ready', port: 0 })
