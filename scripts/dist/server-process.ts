import { spawn } from 'node:child_process'
import { FromServer } from '../../contract/host.ts'

export interface RunningServer {
  url: string
  heapLimitMb: number
  /** Drains it; resolves with how it ended and how long that took. */
  drain(): Promise<{ code: number | null; ms: number }>
  kill(): Promise<void>
}

export interface ServerStart {
  /** The program that runs JavaScript, and its flags: Node, or an emulator with Node. */
  command: readonly [string, ...string[]]
  entry: string
  data: string
  limitMs: number
}

/** Starts the packaged server as the shell does, and waits until it says that it is ready. */
export async function startServer({ command, entry, data, limitMs }: ServerStart): Promise<RunningServer> {
  const [program, ...flags] = command
  const child = spawn(program, [...flags, entry, '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => (output = (output + text.toString()).slice(-4000)))
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.once('error', () => resolve(null))
  })
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  try {
    const { port, heapLimitMb } = await ready()
    return {
      url: `http://127.0.0.1:${port}`,
      heapLimitMb,
      kill,
      async drain() {
        const began = performance.now()
        child.send({ kind: 'drain', reason: 'packaging check' })
        return { code: await ended, ms: Math.round(performance.now() - began) }
      },
    }
  } catch (error) {
    await kill()
    throw error
  }

  function ready(): Promise<{ port: number; heapLimitMb: number }> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`not ready within ${limitMs / 1000} s: ${output}`)),
        limitMs,
      )
      const settle = (act: () => void) => {
        clearTimeout(late)
        act()
      }
      child.on('message', (message) => {
        const parsed = FromServer.safeParse(message).data
        if (parsed?.kind === 'ready') settle(() => resolve(parsed))
        if (parsed?.kind === 'failed') settle(() => reject(new Error(parsed.message)))
      })
      void ended.then((code) => settle(() => reject(new Error(`ended with ${String(code)}: ${output}`))))
    })
  }
}
