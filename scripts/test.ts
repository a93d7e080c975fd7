import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { getChromium } from './chromium.ts'
import { add, countStep, whyNotRun, type Counts } from './counts.ts'

interface Step {
  name: string
  /** More arguments for the npm script of that name, so that its runner writes a report to count. */
  args?: string[]
  report?: string
  env?: Record<string, string>
}

interface Outcome {
  name: string
  verdict: 'passed' | 'failed' | 'could not run'
  note: string
  counts: Counts
}

const root = path.resolve(import.meta.dirname, '..')
const reports = path.join(root, 'test-results')
const stepLimit = 30 * 60_000
const unitReport = path.join(reports, 'unit.json')
const e2eReport = path.join(reports, 'e2e.json')

/** A check of what is packed: it builds what is stale, gets the tools that it needs where it may, and reports. */
function check(name: string, file: string): Step {
  const report = path.join(reports, file)
  return { name, args: ['--report', report], report }
}

const steps: Step[] = [
  { name: 'format' },
  { name: 'lint' },
  { name: 'types' },
  {
    name: 'unit',
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    report: unitReport,
  },
  { name: 'build' },
  { name: 'size' },
  {
    name: 'e2e',
    args: ['--reporter=list,json'],
    report: e2eReport,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: e2eReport },
  },
  check('dist:check', 'dist-check.json'),
  check('test:arm64', 'test-arm64.json'),
]

const couldNotRun = (name: string, why: string): Outcome => ({
  name,
  verdict: 'could not run',
  note: why,
  counts: { passed: 0, failed: 0, skipped: 1 },
})

function run({ name, args = [], env = {} }: Step): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  spawn('npm', ['run', '--silent', name, '--', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    timeout: stepLimit,
  })
    .on('error', () => resolve(false))
    .on('exit', (code) => resolve(code === 0))
  return promise
}

async function take(step: Step, scripts: Record<string, string>): Promise<Outcome> {
  if (!scripts[step.name]) return couldNotRun(step.name, `package.json has no script "${step.name}" yet`)
  console.log(`\n--- ${step.name}`)
  let env = step.env ?? {}
  if (step.name === 'e2e') {
    const chromium = await getChromium()
    if ('why' in chromium) return couldNotRun(step.name, chromium.why)
    console.log(`test: using ${chromium.file}`)
    env = { ...env, TIMETRACK_CHROMIUM: chromium.file }
  }
  if (step.report) rmSync(step.report, { force: true })
  const began = performance.now()
  const isFine = await run({ ...step, env })
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`
  const report = step.report && existsSync(step.report) ? readFileSync(step.report, 'utf8') : undefined
  const why = report === undefined ? undefined : whyNotRun(report)
  if (why !== undefined) return couldNotRun(step.name, why)
  const counts = countStep(isFine, report)
  const tests = report ? `, ${counts.passed} of ${counts.passed + counts.failed} tests` : ''
  const left = counts.skipped > 0 ? `, ${counts.skipped} could not be run: see above` : ''
  return { name: step.name, verdict: isFine ? 'passed' : 'failed', note: seconds + tests + left, counts }
}

const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
// `npm run check` names the steps that need no browser.
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(
    `test: no such step: ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}

mkdirSync(reports, { recursive: true })
const outcomes: Outcome[] = []
for (const step of steps) {
  if (wanted.length === 0 || wanted.includes(step.name)) outcomes.push(await take(step, scripts))
}

console.log('\n--- summary')
const width = Math.max(...outcomes.map(({ name }) => name.length))
for (const { name, verdict, note } of outcomes)
  console.log(`  ${name.padEnd(width)} ${verdict.padEnd(14)} ${note}`)
if (spawnSync('strace', ['-V']).error) {
  console.log('  strace is missing: tests and measurements that slow the disk down on purpose are left out')
}
const total = outcomes.map(({ counts }) => counts).reduce(add)
process.exitCode = total.failed > 0 ? 1 : 0
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
