/**
 * Turns the bytes of a file from a Windows program into text: UTF-8 or UTF-16 by their byte order
 * mark, UTF-16 without one by its NULs, UTF-8 if it is valid, else windows-1252 (which is Latin-1
 * with `€` and typographic quotes in the place of control characters).
 * @returns line breaks as `\n` alone; null for what is no text, or text damaged on its way
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } | null {
  const encoding = encodingOf(bytes)
  if (encoding === null) return null
  const text = decode(bytes, encoding)
  return text === null ? null : { text: text.replace(/\r\n?/g, '\n'), encoding }
}

function encodingOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (bytes.includes(0)) return utf16WithoutMark(bytes)
  if (decode(bytes, 'utf-8') !== null) return 'utf-8'
  return isBrokenUtf8(bytes) ? null : 'windows-1252'
}

/** In UTF-16 every second byte of European text is 0, and no other. */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 4096)
  const zeros = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  const even = sample.reduce((count, byte, index) => count + (byte === 0 && index % 2 === 0 ? 1 : 0), 0)
  const odd = zeros - even
  const enough = sample.length / 4
  if (odd > enough && even === 0) return 'utf-16le'
  return even > enough && odd === 0 ? 'utf-16be' : null
}

/**
 * Text in windows-1252 has next to no valid UTF-8 sequences (`Ã¼`). Where they outnumber the invalid
 * ones, a UTF-8 file was damaged, and reading it as windows-1252 would garble every umlaut.
 */
function isBrokenUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  const invalid = text.match(/\uFFFD/g)?.length ?? 0
  const valid = text.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0
  return valid > invalid
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.isWellFormed() ? text : null // some decoders let lone surrogates of UTF-16BE pass
  } catch {
    return null
  }
}
