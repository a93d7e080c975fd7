import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { displayPower } from './display-power.ts'
import { toolRunner } from './run-tool.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'timetrack-display-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('wlopm is run in the machine’s environment, one call after another', async () => {
  const tool = join(folder, 'wlopm')
  const notes = join(folder, 'notes')
  // "Off" takes longer than "on" does, and still comes first.
  writeFileSync(
    tool,
    `#!/bin/sh\n[ "$1" = --off ] && sleep 0.2\necho "$* \${LD_LIBRARY_PATH:-none}" >> '${notes}'\n`,
  )
  chmodSync(tool, 0o755)
  const run = toolRunner({
    PATH: `${folder}:/usr/bin:/bin`,
    APPDIR: '/tmp/.mount',
    LD_LIBRARY_PATH: '/tmp/.mount',
  })
  const power = displayPower(run, () => undefined)
  power(false)
  power(true)
  await expect
    .poll(() => readFileSync(notes, 'utf8'), { timeout: 10_000 })
    .toBe('--off * none\n--on * none\n')
})

test('without wlopm it says so once', async () => {
  const said: object[] = []
  const power = displayPower(toolRunner({ PATH: folder }), (fields) => said.push(fields))
  power(false)
  power(true)
  await expect.poll(() => said, { timeout: 10_000 }).toHaveLength(1)
  expect(said).toMatchObject([{ why: /ENOENT/ }])
})
