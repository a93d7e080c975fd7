import type { World } from './world.ts'

/** What a call answered line by line, as JSON; the status is that of an answer of lines. */
export async function linesOf<T>(world: World, path: string, body: object): Promise<T[]> {
  const answer = await world.call('POST', path, body)
  if (answer.status !== 200) throw new Error(`POST ${path}: ${answer.status} ${answer.bytes.toString()}`)
  return answer.bytes
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T)
}
