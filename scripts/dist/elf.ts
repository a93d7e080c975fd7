export type Elf = {
  machine: number
  /** Alignment of every part that is loaded. */
  alignments: number[]
}

/** `e_machine` of 64-bit ARM (ELF for the Arm 64-bit Architecture, section 5.1). */
export const AARCH64 = 0xb7
/** A Pi 5 has pages of 16 KiB: what is aligned to less cannot be mapped, and the program does not start. */
export const PAGE = 0x4000

const MAGIC = '\x7fELF'
const CLASS_64 = 2
const LITTLE_ENDIAN = 1
const PT_LOAD = 1
const HEADER = { machine: 18, programs: 32, programSize: 54, programCount: 56, length: 64 }
const PROGRAM = { type: 0, align: 48 }

export function isElf(file: Buffer): boolean {
  return file.toString('latin1', 0, 4) === MAGIC
}

/** Reads what decides whether a program or library can be loaded at all. */
export function readElf(file: Buffer): Elf {
  if (!isElf(file)) throw new Error('is no ELF file')
  if (file[4] !== CLASS_64 || file[5] !== LITTLE_ENDIAN) throw new Error('is not 64-bit little-endian')
  if (file.length < HEADER.length) throw new Error('is cut off in its header')
  const start = Number(file.readBigUInt64LE(HEADER.programs))
  const size = file.readUInt16LE(HEADER.programSize)
  const count = file.readUInt16LE(HEADER.programCount)
  if (start + size * count > file.length) throw new Error('is cut off in its program headers')
  const alignments: number[] = []
  for (let at = start; at < start + size * count; at += size) {
    if (file.readUInt32LE(at + PROGRAM.type) === PT_LOAD) {
      alignments.push(Number(file.readBigUInt64LE(at + PROGRAM.align)))
    }
  }
  return { machine: file.readUInt16LE(HEADER.machine), alignments }
}

/** Why a native file cannot be used on a Pi 5; nothing when it can. */
export function complaintAbout(file: Buffer): string | undefined {
  let elf: Elf
  try {
    elf = readElf(file)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { machine, alignments } = elf
  if (machine !== AARCH64) return `is for machine 0x${machine.toString(16)}, not for arm64 (0xb7)`
  if (alignments.length === 0) return 'has nothing to load'
  const least = Math.min(...alignments)
  if (least < PAGE) return `is aligned to 0x${least.toString(16)}, a Pi 5 needs 0x4000`
  return undefined
}
