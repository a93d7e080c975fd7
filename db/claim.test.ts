import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claim } from './claim.ts'
import { DatabaseProblem } from './problem.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  file = join(folder, 'timetrack.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function codeOfClaim(path = file): string {
  try {
    claim(path).release()
    return 'free'
  } catch (error) {
    if (error instanceof DatabaseProblem) return error.code
    throw error
  }
}

test('a database is claimed once, and free again when it is released', () => {
  const held = claim(file)
  expect(codeOfClaim()).toBe('in_use')
  expect(codeOfClaim(join(folder, 'other.db'))).toBe('free')
  held.release()
  expect(codeOfClaim()).toBe('free')
})

test('in a folder that cannot be made nothing is claimed, not even by trying for ever', () => {
  writeFileSync(join(folder, 'plain'), '')
  expect(codeOfClaim(join(folder, 'plain/data/timetrack.db'))).toBe('unwritable')
  expect(codeOfClaim('/proc/timetrack/timetrack.db')).toBe('unwritable')
})

test('the claim of another process holds, and ends with it however it ends', async () => {
  const module = new URL('./claim.ts', import.meta.url).href
  const script = `import { claim } from ${JSON.stringify(module)}
    claim(${JSON.stringify(file)}); console.log('claimed'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(child.stdout, 'data')
    expect(codeOfClaim()).toBe('in_use')
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  expect(codeOfClaim()).toBe('free')
})

test('a folder that cannot be written is said to be so', () => {
  writeFileSync(join(folder, 'plain'), '')
  expect(codeOfClaim(join(folder, 'plain', 'timetrack.db'))).toBe('unwritable')
})
