import type { Viewer } from '../../contract/access.ts'
import type { FieldMessages, RefusalCode } from '../../contract/errors.ts'
import type { Table } from '../../contract/hub.ts'
import type { Synchronous } from '../../db/open.ts'

/** What a thread is started with. */
export type ThreadData = { file: string; zone: string; dayStartMinutes: number; synchronous: Synchronous }

/** A refusal or failure on its way across threads. */
export type Failure = {
  code: RefusalCode
  message: string
  fields?: FieldMessages | undefined
  corrupt?: boolean
}

export type Encoding = 'identity' | 'gzip'

export type ReaderRequest =
  | { kind: 'query'; id: number; name: string; input: unknown; viewer: Viewer; encoding: Encoding }
  | { kind: 'stream'; id: number; name: string; input: unknown; viewer: Viewer }
  | { kind: 'pull'; id: number }
  | { kind: 'cancel'; id: number }
  | { kind: 'ping'; id: number }
  | { kind: 'close' }

export type ReaderAnswer =
  | { kind: 'ready' }
  | { kind: 'answer'; id: number; bytes: Uint8Array<ArrayBuffer>; reads: readonly Table[]; rows: number }
  | { kind: 'chunk'; id: number; bytes: Uint8Array<ArrayBuffer>; done: boolean }
  | { kind: 'pong'; id: number }
  | { kind: 'failed'; id: number; failure: Failure }
  | { kind: 'closed' }

export type WriterRequest =
  | { kind: 'command'; id: number; name: string; input: unknown; viewer: Viewer }
  | { kind: 'ping'; id: number }
  | { kind: 'close' }

export type CommandAnswer = { id: number; result: unknown } | { id: number; failure: Failure }

export type WriterAnswer =
  | { kind: 'ready' }
  | { kind: 'committed'; tables: Table[]; answers: CommandAnswer[] }
  | { kind: 'pong'; id: number }
  | { kind: 'closed' }
