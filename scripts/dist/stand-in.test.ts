import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import afterPack from './after-pack.ts'
import { wrongFuses } from './fuses.ts'
import { MARK, refusal, standInProgram, SWITCH, writeStandInElectron } from './stand-in.ts'

const megabytes = (count: number, text = '') =>
  Buffer.concat([Buffer.from(text), Buffer.alloc(count * 1024 * 1024)])
const emulator = spawnSync('qemu-aarch64-static', ['-version']).status === 0

let folder: string
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'timetrack-stand-in-'))))
afterEach(() => {
  delete process.env[SWITCH]
  rmSync(folder, { recursive: true, force: true })
})

test('a release is made of Electron, and only of that', () => {
  expect(refusal(megabytes(100), false)).toBeUndefined()
  expect(refusal(standInProgram(), false)).toContain('a release needs Electron itself')
  expect(refusal(megabytes(100, MARK), false)).toContain('stand-in')
  expect(refusal(megabytes(1), false)).toContain('not Electron')
})

test('a check is never made of Electron: its result must not be taken for a release', () => {
  expect(refusal(standInProgram(), true)).toBeUndefined()
  expect(refusal(megabytes(100), true)).toContain(`${SWITCH} is set`)
})

test('the hook sets fuses, tidies up, and refuses without the switch', () => {
  writeStandInElectron(folder, '45.0.0')
  writeFileSync(path.join(folder, 'timetrack'), standInProgram())
  const context = { appOutDir: folder, packager: { executableName: 'timetrack' } }
  expect(() => afterPack(context)).toThrow('stand-in')
  expect(wrongFuses(readFileSync(path.join(folder, 'timetrack')))).not.toEqual([])

  process.env[SWITCH] = '1'
  afterPack(context)
  expect(wrongFuses(readFileSync(path.join(folder, 'timetrack')))).toEqual([])
  expect(existsSync(path.join(folder, 'version'))).toBe(false)
})

test.skipIf(!emulator)('whoever starts it is told what it is', () => {
  const file = path.join(folder, 'program')
  writeFileSync(file, standInProgram(), { mode: 0o755 })
  const { status, stderr } = spawnSync('qemu-aarch64-static', [file], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 70, stderr: `${MARK}\n` })
})
