import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RESTARTS } from '../server/host/restarts.ts'
import { childrenOf, freePort, runProgram, type Program } from './testing/program.ts'

describe.runIf(process.platform === 'linux')('the hub without a window', { timeout: 120_000 }, () => {
  let folder: string
  let running: Program | undefined

  beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'timetrack-headless-'))))
  afterEach(async () => {
    running?.child.kill('SIGTERM')
    await running?.ended
    rmSync(folder, { recursive: true, force: true })
  })

  /** As `npm start -- --headless` does, but restarts do not keep the test waiting. */
  function start(port: number): Program & { servers: () => number[] } {
    const options = { port, host: '127.0.0.1', data: path.join(folder, 'data') }
    const program = runProgram(
      folder,
      `import { runHeadless } from 'scripts/headless.ts'
       const restarts = ${JSON.stringify({ ...RESTARTS, firstDelayMs: 10, longestDelayMs: 20 })}
       process.exit(await runHeadless(${JSON.stringify(options)}, process.env, console.log, { restarts }))`,
      process.env,
    )
    running = program
    return { ...program, servers: () => childrenOf(program.child.pid ?? NaN) }
  }

  test('drains when asked, and ends with 0', async () => {
    const { child, ended, output } = start(0)
    await expect.poll(output, { timeout: 60_000 }).toContain('/app/day')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(output()).toContain('Draining')
  })

  test('ten kills in a row end it with the reason and code 1', async () => {
    const { ended, output, servers, child } = start(0)
    await expect.poll(output, { timeout: 60_000 }).toContain('/app/day')
    const killed = new Set<number>()
    while (killed.size < 10 && child.exitCode === null) {
      const next = () => servers().find((pid) => !killed.has(pid))
      await expect
        .poll(() => next() !== undefined || child.exitCode !== null, { timeout: 60_000, interval: 5 })
        .toBe(true)
      const pid = next()
      if (pid === undefined) break
      killed.add(pid)
      process.kill(pid, 'SIGKILL')
    }
    expect(await ended).toBe(1)
    expect(killed.size).toBe(RESTARTS.budget + 1)
    expect(output().match(/Starting it again/g)).toHaveLength(RESTARTS.budget)
    expect(output().trim().split('\n').at(-1)).toMatch(/^killed from outside/)
  })

  test('what a person must mend is said once', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    try {
      const { ended, output } = start(port)
      expect(await ended).toBe(1)
      expect(output().match(/port is in use/g)).toHaveLength(1)
      expect(output()).not.toContain('Starting it again')
    } finally {
      other.close()
    }
  })
})
