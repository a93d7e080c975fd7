import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'

// Each folder is checked with what it may have: no DOM in the server, no Node in contract/ and renderer/.
const root = path.resolve(import.meta.dirname, '..')
const folders = ['contract', 'renderer', 'db', 'server', 'electron', 'scripts', 'e2e', '.']
const waiting = folders.filter((folder) => globSync(`${folder}/{*,**/*}.ts`, { cwd: root }).length > 0)

function check(folder: string): Promise<boolean> {
  const checker = folder === 'renderer' ? 'vue-tsc' : 'tsc'
  const cache = `node_modules/.cache/types/${folder === '.' ? 'root' : folder}.tsbuildinfo`
  const { promise, resolve } = Promise.withResolvers<boolean>()
  spawn(checker, ['-p', folder, '--incremental', '--tsBuildInfoFile', cache], { cwd: root, stdio: 'inherit' })
    .on('error', (error) => {
      console.error(`${checker}: ${error.message}`)
      resolve(false)
    })
    .on('exit', (code) => resolve(code === 0))
  return promise
}

async function checkNext(): Promise<boolean> {
  let isFine = true
  for (let folder = waiting.shift(); folder; folder = waiting.shift()) {
    if (!(await check(folder))) isFine = false
  }
  return isFine
}

// Two at a time: a Pi has the cores, but not the memory for more.
const results = await Promise.all([checkNext(), checkNext()])
process.exitCode = results.every(Boolean) ? 0 : 1
