import type { z } from 'zod'
import type { Access } from './access.ts'

/**
 * One HTTP call: everything the server needs to validate it, the renderer to type it, and
 * `/api/openapi.json` to describe it. `id` names the query or command that answers it.
 */
export type Call = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Express path: `/api/events/:id`. */
  path: string
  tag: string
  summary: string
  access: Access
  /** Longer explanation for `/docs`, plain text. */
  about?: string
  params?: z.ZodObject
  query?: z.ZodObject
  /** JSON body unless `upload` is set. */
  body?: z.ZodObject
  /** The call takes one file as multipart form data, field `file`, of at most this many bytes. */
  upload?: number
  /** JSON answer; absent for 204, streams and files. */
  answer?: z.ZodType
  /** Status of success, 200 unless said. */
  status?: 200 | 201 | 204
  /** Content type of an answer that is not JSON. */
  produces?: string
  /** Largest JSON body in bytes, 256 kB unless said. */
  limit?: number
}

export function call<const C extends Call>(spec: C): C {
  return spec
}

type Part<C, K extends string> = C extends Record<K, infer S extends z.ZodType> ? z.output<S> : unknown
type PartIn<C, K extends string> = C extends Record<K, infer S extends z.ZodType> ? z.input<S> : unknown

/** What the query or command receives: parameters, query and body as one object. */
export type InputOf<C> = Part<C, 'params'> & Part<C, 'query'> & Part<C, 'body'>

/** What a client writes (defaults may be left out). */
export type RequestOf<C> = PartIn<C, 'params'> & PartIn<C, 'query'> & PartIn<C, 'body'>

export type AnswerOf<C> = C extends { answer: infer S extends z.ZodType } ? z.output<S> : void
