/**
 * Why the hub says no. One class for every refusal, thrown anywhere below the routes
 * (also in the writer and readers, whose messages carry it across threads) and turned into
 * `{error: {code, message, fields?}}` by server/http/errors.ts.
 */
export const STATUS_OF = {
  invalid: 422,
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  needs_setup: 403,
  too_many: 429,
  clock_wrong: 503,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  method_not_allowed: 405,
  busy: 503,
  disk_full: 507,
  internal: 500,
} as const

export type RefusalCode = keyof typeof STATUS_OF

/** Field path → what is wrong with it, in plain English. */
export type FieldMessages = Record<string, string>

export class Refusal extends Error {
  readonly code: RefusalCode
  readonly fields: FieldMessages | undefined

  constructor(code: RefusalCode, message: string, fields?: FieldMessages) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.fields = fields
  }

  get status(): number {
    return STATUS_OF[this.code]
  }
}

export const notFound = (noun: string, id: number | string): Refusal =>
  new Refusal('not_found', `There is no ${noun} ${id}.`)

/** What an error answers on the wire under `/api`. */
export type ErrorBody = { error: { code: RefusalCode; message: string; fields?: FieldMessages } }
