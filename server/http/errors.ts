import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { MulterError } from 'multer'
import { Refusal, type ErrorBody } from '../../contract/errors.ts'
import { told } from './timing.ts'

type Log = { error(fields: object, message: string): void }

/** Whatever was thrown, as a refusal: what is not one is our fault, and its text stays in the log. */
export function toRefusal(error: unknown): { refusal: Refusal; unexpected: boolean } {
  if (error instanceof Refusal) return { refusal: error, unexpected: false }
  if (error instanceof MulterError) {
    return {
      refusal:
        error.code === 'LIMIT_FILE_SIZE'
          ? new Refusal('too_large', 'The file is too large.', { file: 'at most 5 MB' })
          : new Refusal('malformed', 'Send one file as multipart form data, in a field named "file".', {
              file: error.message,
            }),
      unexpected: false,
    }
  }
  const parsed = bodyRefusal(error)
  if (parsed) return { refusal: parsed, unexpected: false }
  return {
    refusal: new Refusal('internal', 'Something went wrong in the hub. Its log says what.'),
    unexpected: true,
  }
}

/** Errors of body-parser and of Express's own decoding, told by their `type` and `status`. */
function bodyRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined
  const type = 'type' in error ? error.type : ''
  if (type === 'entity.too.large') return new Refusal('too_large', 'The body is too large.')
  if (type === 'entity.parse.failed') return new Refusal('malformed', 'The body is not valid JSON.')
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new Refusal('unsupported_type', error.message)
  if (typeof error.status === 'number' && error.status >= 400 && error.status < 500)
    return new Refusal('malformed', error.message)
  return undefined
}

export function sendError(res: Response, refusal: Refusal): void {
  const { code, message, fields } = refusal
  const body: ErrorBody = { error: { code, message, ...(fields && { fields }) } }
  res.status(refusal.status).json(body)
}

export const unknownPath: RequestHandler = (req) => {
  throw new Refusal('not_found', `There is nothing at ${req.method} ${req.path}.`)
}

/** The last stage: every error becomes an answer, every unexpected one a line in the log. */
export function errorHandler(
  log: Log,
  send: (res: Response, refusal: Refusal) => void = sendError,
): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const { refusal, unexpected } = toRefusal(error)
    if (unexpected) log.error({ route: told(res).route, err: error }, 'Unexpected error')
    // Half an answer is out: the client learns from the broken connection that it is not whole.
    if (res.headersSent) return next(error)
    send(res, refusal)
  }
}
