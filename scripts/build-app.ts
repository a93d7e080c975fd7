import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { InlineConfig } from 'vite'

/**
 * Bundles what the packaged app consists of besides the pages: the shell (dist/electron) and the server
 * (dist/server). Only Electron and the native SQLite module stay outside. `dist` is then a program of its own:
 * `electron dist`, or `node dist/server/main.js --data DIR`.
 */

const root = path.resolve(import.meta.dirname, '..')
const dist = path.join(root, 'dist')
const stamp = path.join(dist, 'app.stamp')
const outside = ['electron', 'better-sqlite3']
/** Chromium and Node of Electron 45. */
const target = 'es2024'

const shared = {
  root,
  configFile: false,
  logLevel: 'warn',
  // Public files belong to the pages.
  publicDir: false,
} satisfies InlineConfig

/** Node's modules are there, all packages but those outside become part of the file. */
function forNode(
  outDir: string,
  input: Record<string, string>,
  format: 'es' | 'cjs',
  keepNames: boolean,
): InlineConfig {
  return {
    ...shared,
    ssr: { noExternal: true, external: outside, target: 'node' },
    build: {
      ssr: true,
      target,
      outDir: path.join(dist, outDir),
      emptyOutDir: outDir === 'server',
      minify: format === 'cjs',
      rolldownOptions: {
        input,
        external: outside,
        checks: { bundlerTimings: false },
        output: {
          format,
          // Beside each other: threads/thread.ts looks for its threads in the folder that it is in.
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: '[name].js',
          keepNames,
        },
      },
    },
  }
}

const splash: InlineConfig = {
  ...shared,
  root: path.join(root, 'electron/splash'),
  base: './',
  // The splash page's scheme answers itself only, and knows no CORS.
  plugins: [
    {
      name: 'same-origin',
      enforce: 'post',
      transformIndexHtml: { order: 'post', handler: (html) => html.replaceAll(' crossorigin', '') },
    },
  ],
  build: {
    target,
    outDir: path.join(dist, 'electron/splash'),
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
}

const builds: InlineConfig[] = [
  forNode(
    'server',
    { main: 'server/main.ts', reader: 'server/threads/reader.ts', writer: 'server/threads/writer.ts' },
    'es',
    true,
  ),
  forNode('electron', { main: 'electron/main.ts' }, 'es', true),
  // A sandboxed preload can only be one CommonJS file.
  forNode('electron', { preload: 'electron/preload.ts' }, 'cjs', false),
  splash,
]

function inputsHash(): string {
  const hash = createHash('sha256')
  const sources = [
    '{contract,db,server,electron}/**/*.{ts,html,css}',
    'scripts/build-app.ts',
    'package*.json',
  ]
  for (const file of globSync(sources, { cwd: root, exclude: ['**/*.test.ts'] }).sort()) {
    hash.update(file).update(readFileSync(path.join(root, file)))
  }
  return hash.digest('hex')
}

/** What Electron reads of a program, and Node of its modules. */
function manifest(): string {
  const { name, version, description } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  ) as {
    [key: string]: string
  }
  return `${JSON.stringify({ name, version, description, type: 'module', main: 'electron/main.js' }, null, 2)}\n`
}

/** Builds the app, unless nothing has changed since the last build. */
export async function buildAppIfStale(log: (line: string) => void, isForced = false): Promise<void> {
  const wanted = inputsHash()
  const isFresh =
    existsSync(path.join(dist, 'electron/main.js')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === wanted
  if (isFresh && !isForced) return

  log('Building the app ...')
  const began = performance.now()
  rmSync(stamp, { force: true })
  rmSync(path.join(dist, 'electron'), { recursive: true, force: true })
  const { build } = await import('vite')
  for (const config of builds) await build(config)
  writeFileSync(path.join(dist, 'package.json'), manifest())
  writeFileSync(stamp, wanted)
  log(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { force: { type: 'boolean', default: false } } })
  try {
    await buildAppIfStale(console.log, values.force)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
