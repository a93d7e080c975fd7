import { networkInterfaces } from 'node:os'

/** Where browsers of the LAN find a hub that listens on `host`; null while only this machine does. */
export function lanUrl(host: string, port: number): string | null {
  if (/^(127\.|::1$|localhost$)/.test(host)) return null
  const address = host === '0.0.0.0' || host === '::' ? firstAddress() : host
  if (address === null) return null
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`
}

function firstAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null
}
