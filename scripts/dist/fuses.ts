/**
 * Electron's fuses: bytes in its program that switch features off for good. They follow a sentinel, a version
 * and their number (electron/docs/tutorial/fuses.md, `@electron/fuses`). electron-builder's own step knows only
 * eight of the nine and stays silent about new ones; this one refuses a wire that it does not know whole.
 */
export const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const WIRE_VERSION = 1
const OFF = 0x30 // '0'
const ON = 0x31 // '1'
/** Marks a fuse that Electron no longer has. */
const REMOVED = 0x72 // 'r'

/** In the order of the wire. */
export const FUSES = {
  runAsNode: false,
  // Needs a secret service, which a kiosk lacks, and cannot be taken back.
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // Has no effect on Linux.
  enableEmbeddedAsarIntegrityValidation: false,
  onlyLoadAppFromAsar: true,
  // A snapshot of our own would be needed.
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  wasmTrapHandlers: true,
} as const

export type FuseName = keyof typeof FUSES

const names = Object.keys(FUSES) as FuseName[]

/** Where the wires start. */
function wires(program: Buffer): number[] {
  const found: number[] = []
  for (let at = program.indexOf(SENTINEL); at >= 0; at = program.indexOf(SENTINEL, at + 1)) {
    found.push(at + SENTINEL.length)
  }
  if (found.length === 0) throw new Error('has no fuses: this is no program of Electron')
  return found
}

function checkWire(program: Buffer, at: number): void {
  const version = program[at]
  const length = program[at + 1]
  if (version !== WIRE_VERSION)
    throw new Error(`has fuses of version ${version}, this script knows version 1`)
  if (length !== names.length) {
    throw new Error(
      `has ${length} fuses, this script knows ${names.length}: add the new ones to scripts/dist/fuses.ts`,
    )
  }
}

/** Sets all fuses in place. */
export function setFuses(program: Buffer, wanted: Record<FuseName, boolean> = FUSES): void {
  for (const at of wires(program)) {
    checkWire(program, at)
    for (const [index, name] of names.entries()) {
      const place = at + 2 + index
      if (program[place] !== REMOVED) program[place] = wanted[name] ? ON : OFF
    }
  }
}

/** Fuses that are not as they have to be. */
export function wrongFuses(program: Buffer, wanted: Record<FuseName, boolean> = FUSES): FuseName[] {
  return wires(program).flatMap((at) => {
    checkWire(program, at)
    return names.filter((name, index) => {
      const state = program[at + 2 + index]
      return state !== REMOVED && state !== (wanted[name] ? ON : OFF)
    })
  })
}

/** A wire as Electron ships it, for stand-ins and tests. */
export function factoryWire(): Buffer {
  const shipped: Record<FuseName, boolean> = {
    ...FUSES,
    runAsNode: true,
    enableNodeOptionsEnvironmentVariable: true,
    enableNodeCliInspectArguments: true,
    onlyLoadAppFromAsar: false,
    grantFileProtocolExtraPrivileges: true,
  }
  const states = names.map((name) => (shipped[name] ? ON : OFF))
  return Buffer.concat([Buffer.from(SENTINEL), Buffer.from([WIRE_VERSION, names.length, ...states])])
}
