/** Whether the hub at this port of this machine answers `/health` in time, be it with "degraded". */
export function healthRequest(timeoutMs: number): (port: number) => Promise<boolean> {
  return async (port) => {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/health`, {
        signal: AbortSignal.timeout(timeoutMs),
      })
      await answer.arrayBuffer()
      return true
    } catch {
      return false
    }
  }
}
