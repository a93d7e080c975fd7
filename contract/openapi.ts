import { z } from 'zod'
import type { Call } from './call.ts'

type Schema = Record<string, unknown>

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Schema
  return schema
}

function parametersOf(place: 'path' | 'query', type: z.ZodObject | undefined): Schema[] {
  if (!type) return []
  const { properties = {}, required = [] } = schemaOf(type, 'input') as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
    ...(typeof schema['description'] === 'string' && { description: schema['description'] }),
  }))
}

function bodyOf(call: Call): Schema | undefined {
  if (call.upload !== undefined) {
    const file = {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    }
    return { required: true, content: { 'multipart/form-data': { schema: file } } }
  }
  return (
    call.body && { required: true, content: { 'application/json': { schema: schemaOf(call.body, 'input') } } }
  )
}

function answerOf(call: Call): Schema {
  const type = call.produces ?? (call.answer && 'application/json')
  if (type === undefined) return { description: 'Done' }
  const schema = call.answer ? schemaOf(call.answer, 'output') : { type: 'string' }
  return { description: 'Success', content: { [type]: { schema } } }
}

/** OpenAPI 3.1 from the table of calls: the same schemas that validate the requests. */
export function openApi(calls: Record<string, Call>, version: string): Schema {
  const paths: Record<string, Schema> = {}
  for (const [id, call] of Object.entries(calls)) {
    const path = call.path.replaceAll(/:(\w+)/g, '{$1}')
    const body = bodyOf(call)
    paths[path] = {
      ...paths[path],
      [call.method]: {
        operationId: id,
        tags: [call.tag],
        summary: call.summary,
        ...(call.about && { description: call.about }),
        parameters: [...parametersOf('path', call.params), ...parametersOf('query', call.query)],
        ...(body && { requestBody: body }),
        responses: {
          [String(call.status ?? 200)]: answerOf(call),
          default: { description: 'Refused', content: { 'application/json': { schema: ERROR } } },
        },
      },
    }
  }
  return { openapi: '3.1.0', info: { title: 'TimeTrack', version }, paths }
}

const ERROR: Schema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        fields: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
  },
}
