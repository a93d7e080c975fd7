import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = path.resolve(import.meta.dirname, '..')
const built = path.join(root, 'dist/renderer')
const stamp = path.join(root, 'dist/renderer.stamp')

/** What the built files are made from. Contents, not times: a checkout touches every file. */
function inputsHash(): string {
  const hash = createHash('sha256')
  const files = globSync(['renderer/**/*', 'contract/**/*.ts', 'vite.config.ts', 'package-lock.json'], {
    cwd: root,
    exclude: ['**/*.test.ts'],
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  for (const file of files.sort()) hash.update(path.relative(root, file)).update(readFileSync(file))
  return hash.digest('hex')
}

/** Once here instead of at every request on a Pi, and harder than a server could afford. */
async function compressBuilt(): Promise<void> {
  const zip = promisify(gzip)
  const brotli = promisify(brotliCompress)
  const compressAs = async (file: string, content: Buffer, compressed: Buffer) => {
    if (compressed.length < content.length) await writeFile(file, compressed)
  }
  const files = globSync('**/*.{js,css,html,svg,json,webmanifest}', { cwd: built })
  await Promise.all(
    files.map(async (name) => {
      const file = path.join(built, name)
      const content = await readFile(file)
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
      await compressAs(`${file}.gz`, content, await zip(content, { level: 9 }))
      await compressAs(`${file}.br`, content, await brotli(content, { params }))
    }),
  )
}

const isBuiltFrom = (inputs: string) =>
  existsSync(path.join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs

export const isRendererStale = () => !isBuiltFrom(inputsHash())

/** Builds the pages that browsers load, unless nothing has changed since the last build. */
export async function buildRendererIfStale(log: (line: string) => void, isForced = false): Promise<void> {
  const wanted = inputsHash()
  if (isBuiltFrom(wanted) && !isForced) return

  log('Building the pages ...')
  const began = performance.now()
  rmSync(stamp, { force: true })
  // Vite takes longer to load than a start with nothing to build.
  const { build } = await import('vite')
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' })
  await compressBuilt()
  writeFileSync(stamp, wanted)
  log(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { force: { type: 'boolean', default: false } } })
  try {
    await buildRendererIfStale(console.log, values.force)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
