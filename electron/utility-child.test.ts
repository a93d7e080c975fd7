import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FromServer } from '../contract/host.ts'
import type { Child, ChildExit } from '../server/host/child.ts'
import { isInForce } from '../server/host/heap-limit.ts'
import { MEMORY } from '../server/host/memory-limits.ts'
import { AppDouble, compileCache, serverEntry, utilityDouble } from './testing/utility-double.ts'
import { utilityChild } from './utility-child.ts'

describe('the server as a utility process', { timeout: 60_000 }, () => {
  let data: string
  let child: Child | undefined
  let exit: Promise<ChildExit>

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'timetrack-utility-'))
  })
  afterEach(async () => {
    if (child?.pid !== undefined) child.kill('SIGKILL')
    await exit
    child = undefined
    rmSync(data, { recursive: true, force: true })
  })

  /** Starts one; `heard` resolves with the first message of a kind. */
  function start(args: string[]) {
    const app = new AppDouble()
    const { fork, forked } = utilityDouble(app)
    const messages: FromServer[] = []
    const waiting: { kind: string; resolve: (message: FromServer) => void }[] = []
    let output = ''
    const over = Promise.withResolvers<ChildExit>()
    exit = over.promise
    const begin = utilityChild({
      fork,
      app,
      entry: serverEntry,
      args,
      env: { ...process.env, ...compileCache, NOTHING: undefined },
      cwd: data,
      output: (text) => (output += text.toString()),
      killPid: (pid, signal) => void process.kill(pid, signal),
      ...MEMORY.heaps.server,
    })
    child = begin({
      onMessage(message) {
        messages.push(message)
        for (const { kind, resolve } of waiting) if (kind === message.kind) resolve(message)
      },
      onExit: over.resolve,
    })
    const heard = (kind: FromServer['kind']) =>
      new Promise<FromServer>((resolve) => {
        const there = messages.find((message) => message.kind === kind)
        if (there) resolve(there)
        else waiting.push({ kind, resolve })
      })
    return { app, forked, child, heard, messages, output: () => output }
  }

  test('is started with its own heap, name and environment, answers, and drains', async () => {
    const { child, heard, forked, app, output } = start(['--port', '0', '--data', data])
    const ready = await heard('ready')
    expect(ready.kind === 'ready' && isInForce(MEMORY.heaps.server, ready.heapLimitMb)).toBe(true)
    expect(forked[0]?.options).toMatchObject({ serviceName: 'timetrack-server-1', cwd: data })
    expect(forked[0]?.options.env).not.toHaveProperty('NOTHING')
    expect(forked[0]?.options.env).toHaveProperty('PATH')
    child.send({ kind: 'ping', n: 7 })
    expect(await heard('pong')).toMatchObject({ n: 7 })
    child.send({ kind: 'drain', reason: 'test' })
    expect(await exit).toEqual({ code: 0, signal: null })
    expect(child.pid).toBeUndefined()
    expect(output()).toContain('Draining')
    expect(app.listenerCount('child-process-gone')).toBe(0)
  })

  test('ended by us, it says how, and nobody else explains it', async () => {
    const { child, heard, messages } = start(['--port', '0', '--data', data])
    await heard('ready')
    child.kill('SIGKILL')
    expect(await exit).toEqual({ code: null, signal: 'SIGKILL' })
    expect(messages.filter(({ kind }) => kind === 'failed')).toEqual([])
  })

  test('killed from outside, code 0 is not taken for a wish', async () => {
    const { child, heard } = start(['--port', '0', '--data', data])
    await heard('ready')
    process.kill(child.pid ?? 0, 'SIGKILL')
    expect(await heard('failed')).toMatchObject({ message: /killed from outside/, final: false })
    expect(await exit).toEqual({ code: 0, signal: null })
  })

  test('its own last words count', async () => {
    const { heard, messages } = start(['--port', '99999999', '--data', data])
    expect(await heard('failed')).toMatchObject({ message: /--port 99999999/, final: true })
    expect(await exit).toEqual({ code: 2, signal: null })
    expect(messages.filter(({ kind }) => kind === 'failed')).toHaveLength(1)
  })

  test('the reasons that Electron names for another process are not ours', async () => {
    const { app, heard, child, messages } = start(['--port', '0', '--data', data])
    await heard('ready')
    app.gone('Network Service', 'crashed')
    app.gone('timetrack-server-2', 'oom')
    child.send({ kind: 'drain', reason: 'test' })
    await exit
    expect(messages.filter(({ kind }) => kind === 'failed')).toEqual([])
  })
})
