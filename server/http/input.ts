import express, { type Request, type RequestHandler } from 'express'
import multer from 'multer'
import type { Call, InputOf } from '../../contract/call.ts'
import { Refusal } from '../../contract/errors.ts'

const BODY_LIMIT = 256 * 1024

/** Reads the body as the call wants it: JSON, one file, or none. */
export function bodyReader(call: Call): RequestHandler[] {
  if (call.upload !== undefined) {
    const form = multer({
      storage: multer.memoryStorage(),
      limits: { fileSize: call.upload, files: 1, fields: 10, parts: 12 },
    }).single('file')
    return [
      (req, res, next) =>
        form(req, res, (error: unknown) => {
          // Kept in memory, so what its parser complains about can only be the form: one that breaks off.
          if (error instanceof Error && !(error instanceof multer.MulterError))
            next(new Refusal('malformed', 'The form cannot be read.', { file: error.message }))
          else next(error)
        }),
    ]
  }
  if (!call.body) return []
  // Not strict: a body that is JSON and no object is for validation to refuse, by name.
  return [requireJson, express.json({ limit: call.limit ?? BODY_LIMIT, strict: false, type: () => true })]
}

const requireJson: RequestHandler = (req, _res, next) => {
  if (!req.is('application/json'))
    throw new Refusal('unsupported_type', 'Send JSON, with "Content-Type: application/json".')
  next()
}

type Issue = { path: PropertyKey[]; message: string; keys?: string[] }
type Parsed = { success: true; data: unknown } | { success: false; error: { issues: Issue[] } }

/** Parameters, query and body as one validated object. @throws Refusal naming the fields */
export function readInput<C extends Call>(call: C, req: Request): InputOf<C> {
  // A Map, because clients name fields too: `__proto__` is one like any other.
  const fields = new Map<string, string>()
  const input = {}
  for (const [schema, value] of [
    [call.params, req.params],
    [call.query, req.query],
    [call.body, req.body as unknown],
  ] as const) {
    if (!schema) continue
    const parsed: Parsed = schema.safeParse(value)
    if (parsed.success) Object.assign(input, parsed.data)
    else
      for (const [field, message] of parsed.error.issues.flatMap(complaints))
        if (!fields.has(field)) fields.set(field, message)
  }
  const problems = [...fields]
  if (problems.length > 0) {
    const [field, message] = problems[0] ?? ['', '']
    throw new Refusal('invalid', `${field}: ${message}`, Object.fromEntries(problems.slice(0, 20)))
  }
  return input as InputOf<C>
}

/** What is wrong with which field; what a strict shape does not know is named itself, not what holds it. */
function complaints({ path, message, keys }: Issue): [field: string, message: string][] {
  if (keys) return keys.map((key) => [[...path, key].map(String).join('.'), 'is not known here'])
  return [[path.map(String).join('.') || 'body', message]]
}

/** The uploaded file's bytes. @throws Refusal */
export function readFile(req: Request): Uint8Array {
  if (!req.file)
    throw new Refusal('malformed', 'Send one file as multipart form data, in a field named "file".', {
      file: 'is missing',
    })
  return new Uint8Array(req.file.buffer)
}
