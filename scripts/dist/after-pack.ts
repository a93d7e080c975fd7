import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setFuses, wrongFuses } from './fuses.ts'
import { refusal, SWITCH } from './stand-in.ts'

/** What electron-builder hands to its hooks, as far as this one uses it. */
interface PackContext {
  appOutDir: string
  packager: { executableName: string }
}

/** Runs between packing the folder and making packages of it; a throw ends the build. */
export default function afterPack({ appOutDir, packager }: PackContext): void {
  const file = path.join(appOutDir, packager.executableName)
  const program = readFileSync(file)
  const why = refusal(program, process.env[SWITCH] === '1')
  if (why) throw new Error(`${file} ${why}`)
  setFuses(program)
  writeFileSync(file, program)
  const wrong = wrongFuses(readFileSync(file))
  if (wrong.length > 0) throw new Error(`${file}: these fuses did not take: ${wrong.join(', ')}`)
  // Left there when Electron comes from a folder or an archive instead of a download of electron-builder.
  for (const name of ['version', 'resources/default_app.asar'])
    rmSync(path.join(appOutDir, name), { force: true })
}
