/**
 * A key under which something is stored once, however often it is sent. Not `randomUUID`, which browsers keep from
 * pages that come without TLS, as a hub's do.
 */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')
