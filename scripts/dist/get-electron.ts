import { downloadArtifact } from '@electron/get'
import { existsSync } from 'node:fs'
import path from 'node:path'

const LIMIT_MS = 15 * 60_000

/**
 * Electron's archive for the Pi: named by hand, from the cache, or downloaded. `@electron/get` comes with
 * electron; it compares the archive with Electron's own checksums and knows mirrors and proxies.
 */
export async function getElectron(version: string): Promise<{ file: string } | { why: string }> {
  const named = process.env['TIMETRACK_ELECTRON_ZIP']
  if (named) {
    const file = path.resolve(named)
    return existsSync(file) ? { file } : { why: `there is no ${file} (TIMETRACK_ELECTRON_ZIP)` }
  }
  const late = new Promise<{ why: string }>((resolve) => {
    setTimeout(
      () => resolve({ why: `the download took more than ${LIMIT_MS / 60_000} minutes` }),
      LIMIT_MS,
    ).unref()
  })
  const download = downloadArtifact({
    version,
    artifactName: 'electron',
    platform: 'linux',
    arch: 'arm64',
  }).then(
    (file) => ({ file }),
    (error: unknown) => ({ why: reasonOf(error) }),
  )
  return Promise.race([download, late])
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? ` (${error.cause.message || error.cause.name})` : ''
  return error.message + cause
}
