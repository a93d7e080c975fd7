import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on a free port, says which, and ends with the process that started it. */
export function serve(server: Server): void {
  process.on('disconnect', () => process.exit())
  server.listen({ port: 0, host: '127.0.0.1' }, () => {
    process.send?.({ kind: 'ready', port: (server.address() as AddressInfo).port })
  })
}
