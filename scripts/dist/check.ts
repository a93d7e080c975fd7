import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import afterPack from './after-pack.ts'
import type { Findings } from './findings.ts'
import { pack, root, verify } from './pack.ts'
import { conclude, giveUp } from './report.ts'
import { inPath } from './run.ts'
import { SWITCH } from './stand-in.ts'
import { canMakeAppImage, getTools } from './tools.ts'

/**
 * `npm run dist:check`: packs with a stand-in for Electron, opens the result and holds it against what a
 * release has to be. Shows everything but Electron itself.
 */
const out = path.join(root, 'dist/check')
const log = (line: string) => console.log(`dist:check: ${line}`)

const { report } = parseArgs({ options: { report: { type: 'string' } } }).values

const missing = getTools(log)
if (process.platform !== 'linux' || !inPath('dpkg-deb')) {
  giveUp('packages for Debian can only be made and checked where dpkg-deb is, on Debian', report, log)
}
if (missing.length > 0)
  log(`Missing here: ${missing.join(', ')}. Without them there is no AppImage to check.`)

const packed = await pack({ out, withAppImage: canMakeAppImage() && inPath('unsquashfs') !== undefined, log })
if (!packed) {
  log('electron-builder failed, see above.')
  process.exit(1)
}
const findings = await verify(packed, true, path.join(out, 'opened'))
await checkRefusal(findings, packed.program)
findings.notChecked('Electron itself, and that an AppImage starts', 'on a Pi: docs/on-a-real-pi.md')

process.exitCode = conclude(findings, report)
if (findings.isFine) rmSync(out, { recursive: true })
else log(`The result was left in ${path.relative(root, out)}/.`)
log(
  findings.isFine
    ? 'Everything that can be checked without Electron is as it should be.'
    : 'There are misses.',
)

/** A release must not be made of what was just packed. */
async function checkRefusal(into: Findings, program: string): Promise<void> {
  const what = 'a release refuses the stand-in'
  const before = process.env[SWITCH]
  delete process.env[SWITCH]
  await into.attempt(what, () => {
    try {
      afterPack({ appOutDir: program, packager: { executableName: 'timetrack' } })
    } catch (error) {
      const said = String(error)
      into.judge(what, said.includes('stand-in') ? [] : [said])
      return
    }
    into.miss(what, 'it was taken')
  })
  if (before !== undefined) process.env[SWITCH] = before
}
