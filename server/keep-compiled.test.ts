import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('a server that is killed leaves behind what it has compiled', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'timetrack-compiled-'))
  const compiled = join(folder, 'compiled')
  const server = fork(join(import.meta.dirname, 'main.ts'), ['--port', '0', '--data', join(folder, 'data')], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const gone = new Promise((resolve) => server.once('exit', resolve))
  try {
    const files = () => readdirSync(compiled, { recursive: true }).length
    // More than the HTTP side's packages alone.
    await expect.poll(files, { timeout: 30_000 }).toBeGreaterThan(100)
  } finally {
    server.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
})
