import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../contract/errors.ts'

/*
 * Passwords, PINs and badges as scrypt hashes, tokens (random, so nothing to guess) as SHA-256. Only the HTTP
 * thread computes them: they take a tenth of a second each, which the writer must not be kept for.
 */

/** OWASP's figures for scrypt with 16 MB (Password Storage Cheat Sheet): what a Pi can spare for each. */
const COST = { N: 16_384, r: 8, p: 5 } as const
const BADGE_COST = { ...COST, p: 1 } as const
const BYTES = 32
/** Computed at once, and waiting: a flood of log-ins must not fill memory. */
const AT_ONCE = 2
const MOST_WAITING = 40

let running = 0
const waiting: (() => void)[] = []

async function derive(
  text: string,
  salt: Buffer,
  cost: { N: number; r: number; p: number },
): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING)
      throw new Refusal('busy', 'Too many log-ins at once. Try again in a moment.')
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    return await new Promise((resolve, reject) =>
      scrypt(text.normalize('NFC'), salt, BYTES, cost, (error, key) => {
        if (error) reject(error)
        else resolve(key)
      }),
    )
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** `scrypt$N$r$p$salt$hash`, so that the cost can grow and older hashes still be checked. */
export async function hashSecret(text: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(text, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** Against what is compared where there is nothing, so that it takes as long. */
const NOTHING = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(BYTES).toString('base64')}`

/** Whether `text` is the secret. Takes the same time where there is none. */
export async function isSecret(text: string, stored: string | null | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (stored ?? NOTHING).split('$')
  const key = await derive(text, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  return timingSafeEqual(key, Buffer.from(hash, 'base64')) && typeof stored === 'string'
}

/** The hash by which a badge is found. Readers type the same number in either case. */
export async function hashBadge(badge: string, salt: string): Promise<Buffer> {
  return derive(badge.toUpperCase(), Buffer.from(salt, 'hex'), BADGE_COST)
}

/** 256 bits that nobody guesses, fit for headers and cookies. */
export const newToken = (): string => randomBytes(BYTES).toString('base64url')

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Letters and digits that nobody confuses, from a screen to a keyboard. */
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A code for people, `K7QP-2MXA`: 40 bits. */
export function newCode(): string {
  const letters = [...randomBytes(8)].map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** A code as it is compared: however it was typed. */
export const plainCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
