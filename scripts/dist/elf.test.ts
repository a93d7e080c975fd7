import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { AARCH64, complaintAbout, isElf, PAGE, readElf } from './elf.ts'
import { standInProgram } from './stand-in.ts'

const prebuilds = path.resolve(import.meta.dirname, '../../node_modules/better-sqlite3/prebuilds')
const prebuilt = (name: string) => readFileSync(path.join(prebuilds, `${name}.node`))

test('the library for the Pi is one for arm64 that pages of 16 KiB can hold', () => {
  const { machine, alignments } = readElf(prebuilt('linux-arm64'))
  expect(machine).toBe(AARCH64)
  expect(Math.min(...alignments)).toBeGreaterThanOrEqual(PAGE)
  expect(complaintAbout(prebuilt('linux-arm64'))).toBeUndefined()
})

test.each([
  ['of another machine', prebuilt('linux-x64'), 'for machine 0x3e'],
  ['of another system', prebuilt('darwin-arm64'), 'no ELF file'],
  ['of nothing', Buffer.alloc(0), 'no ELF file'],
  ['cut off', standInProgram().subarray(0, 70), 'cut off'],
  ['cut off earlier', standInProgram().subarray(0, 30), 'cut off'],
])('a file %s is refused', (_what, file, why) => {
  expect(complaintAbout(file)).toContain(why)
})

test('pages of 4 KiB are not enough, whichever part has them', () => {
  const program = standInProgram()
  expect(complaintAbout(program)).toBeUndefined()
  program.writeBigUInt64LE(0x1000n, 64 + 48)
  expect(complaintAbout(program)).toContain('aligned to 0x1000')
  program.writeUInt32LE(4, 64) // PT_NOTE: nothing is loaded any more
  expect(complaintAbout(program)).toContain('nothing to load')
})

test('text is no ELF file', () => {
  expect(isElf(Buffer.from('#!/bin/sh\n'))).toBe(false)
})
