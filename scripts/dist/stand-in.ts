import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AARCH64 } from './elf.ts'
import { factoryWire } from './fuses.ts'

/** In every stand-in program, so that a release can never be made of one. */
export const MARK = 'TimeTrack: this is a stand-in for packaging checks, not a program.'
/** What the hook asks for before it packs a stand-in. */
export const SWITCH = 'TIMETRACK_STAND_IN'
const EXIT = 70 // EX_SOFTWARE

const ADDRESS = 0x40_0000
const HEADERS = 64 + 56
const ALIGNMENT = 0x1_0000

/** What of Electron lies beside its program in a release for Linux. */
const ELECTRON_FILES = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'icudtl.dat',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'version',
  'vk_swiftshader_icd.json',
  ...['de', 'en-GB', 'en-US', 'fr', 'zh-CN'].map((name) => `locales/${name}.pak`),
]
const ELECTRON_PROGRAMS = [
  'electron',
  'chrome-sandbox',
  'chrome_crashpad_handler',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
]

/** `movz x<register>, #value` */
const move = (register: number, value: number) => (0xd280_0000 | (value << 5) | register) >>> 0
const CALL = 0xd400_0001 // svc #0
const WRITE = 64
const EXIT_GROUP = 94

/**
 * The smallest honest program for arm64: says what it is and ends with an error. With a wire of fuses as
 * Electron's own has, so that the step that sets them runs.
 */
export function standInProgram(): Buffer {
  const text = Buffer.from(`${MARK}\n`)
  const code = [
    move(0, 2), // to the error output
    0, // adr x1, text: below
    move(2, text.length),
    move(8, WRITE),
    CALL,
    move(0, EXIT),
    move(8, EXIT_GROUP),
    CALL,
  ]
  // adr counts from itself, the second instruction; the text follows the code.
  const distance = (code.length - 1) * 4
  code[1] = (0x1000_0001 | ((distance & 3) << 29) | ((distance >> 2) << 5)) >>> 0
  const instructions = Buffer.alloc(code.length * 4)
  for (const [index, word] of code.entries()) instructions.writeUInt32LE(word, index * 4)
  const body = Buffer.concat([instructions, text, factoryWire()])

  const header = Buffer.alloc(HEADERS)
  header.write('\x7fELF\x02\x01\x01', 'latin1')
  header.writeUInt16LE(2, 16) // ET_EXEC
  header.writeUInt16LE(AARCH64, 18)
  header.writeUInt32LE(1, 20)
  header.writeBigUInt64LE(BigInt(ADDRESS + HEADERS), 24) // entry
  header.writeBigUInt64LE(64n, 32) // program headers
  header.writeUInt16LE(64, 52)
  header.writeUInt16LE(56, 54)
  header.writeUInt16LE(1, 56)
  header.writeUInt32LE(1, 64) // PT_LOAD
  header.writeUInt32LE(5, 68) // readable, executable
  header.writeBigUInt64LE(BigInt(ADDRESS), 80)
  header.writeBigUInt64LE(BigInt(ADDRESS), 88)
  header.writeBigUInt64LE(BigInt(HEADERS + body.length), 96)
  header.writeBigUInt64LE(BigInt(HEADERS + body.length), 104)
  header.writeBigUInt64LE(BigInt(ALIGNMENT), 112)
  return Buffer.concat([header, body])
}

/** A folder with the names of an unpacked Electron, and none of its contents. */
export function writeStandInElectron(folder: string, version: string): void {
  for (const name of ELECTRON_FILES) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, name === 'version' ? version : `${MARK}\n`)
  }
  for (const name of ELECTRON_PROGRAMS) {
    writeFileSync(path.join(folder, name), standInProgram())
    chmodSync(path.join(folder, name), 0o755)
  }
}

/** The least that Electron's program has ever weighed for Linux is 90 MB. */
const LEAST_ELECTRON = 80 * 1024 * 1024

/** Why this program may not become what the switch asks for; nothing when it may. */
export function refusal(program: Buffer, isStandInWanted: boolean): string | undefined {
  const isMarked = program.includes(MARK)
  if (isMarked && !isStandInWanted)
    return `is a stand-in: a release needs Electron itself (${SWITCH} is not set)`
  if (!isMarked && isStandInWanted) return `is no stand-in, but ${SWITCH} is set: unset it to make a release`
  if (!isMarked && program.length < LEAST_ELECTRON) {
    return `has only ${program.length} bytes: this is not Electron, or not all of it`
  }
  return undefined
}
