import path from 'node:path'

/** Where the files of a folder may reach. The first fence whose `folder` holds the file counts. */
interface Fence {
  folder: string
  /** What of ours may be imported: beginnings of paths, or patterns. */
  ours: (string | RegExp)[]
  /** The same, but only with `import type`. */
  oursAsTypes?: string[]
  /** Packages; `node:` stands for all of Node. */
  outside: string[]
  advice: string
}

const contractToRead = { ours: ['contract/time.ts'], oursAsTypes: ['contract/'] }
const serverPackages = ['node:', 'pino', 'csv-parse', 'fastest-levenshtein', 're2js']

const server = {
  ours: ['server/', 'db/', 'contract/'],
  advice: 'server/ builds on contract/, db/ and its own files; whatever starts it or shows it stays outside.',
}

const fences: Fence[] = [
  {
    folder: 'contract/',
    ours: ['contract/'],
    outside: ['zod'],
    advice:
      'contract/ is shared by every process, so it knows zod and itself and nothing else; put what needs more into db/ or server/.',
  },
  {
    folder: 'db/',
    ours: ['db/', ...contractToRead.ours],
    oursAsTypes: contractToRead.oursAsTypes,
    outside: ['better-sqlite3', 'node:'],
    advice:
      "db/ keeps rows and does not know who asks: take contract's types with `import type` and its values only from contract/time.ts.",
  },
  {
    folder: 'server/host/',
    ours: ['server/host/', 'contract/'],
    outside: ['node:'],
    advice:
      'Electron imports server/host/, so it stays free of database, HTTP and features; hand in what it needs as an argument.',
  },
  {
    folder: 'server/http/',
    ...server,
    outside: [...serverPackages, 'express', 'compression', 'multer', 'prom-client'],
  },
  { folder: 'server/threads/', ...server, outside: serverPackages },
  {
    folder: 'renderer/ui/',
    ours: ['renderer/ui/', 'renderer/styles/', ...contractToRead.ours],
    oursAsTypes: contractToRead.oursAsTypes,
    outside: ['vue', '@lucide/vue', 'reka-ui', 'uplot'],
    advice:
      'renderer/ui/ knows no store, no api and no i18n: words and data come in as props, choices go out as events.',
  },
  {
    folder: 'renderer/',
    ours: ['renderer/', ...contractToRead.ours],
    oursAsTypes: contractToRead.oursAsTypes,
    outside: ['vue', 'pinia', 'vue-router', 'vue-i18n', '@lucide/vue', 'reka-ui', 'uplot'],
    advice:
      "The renderer only speaks HTTP: take contract's types with `import type`, its values only from contract/time.ts, and ask the server for the rest.",
  },
  {
    folder: 'electron/',
    ours: ['electron/', 'server/host/', 'db/', 'contract/'],
    outside: ['electron', 'node:'],
    advice:
      'Electron starts the server as a process and shows its pages: it may import contract/, server/host/ and db/, and loads neither server nor renderer into itself.',
  },
]

/** Packages with a home of their own: what to do wherever else they turn up. */
const homes: Record<string, string> = {
  'better-sqlite3': 'SQLite is spoken only in db/: add a named function beside the table and call that.',
  express: 'Express stays in server/http/ and in routes.ts files: the rest must work without a request.',
  zod: 'Shapes are described once, in contract/ (those of the old front doors in server/field/ and server/activitywatch/): add the schema there.',
}

const testPackages = ['vitest', 'fast-check', '@vue/test-utils', 'node:']

function fenceOf(file: string): Fence | undefined {
  const [top, feature, inFeature] = file.split('/')
  const listed = fences.find(({ folder }) => file.startsWith(folder))
  if (listed || top !== 'server') return listed
  // Files directly in server/ put the server together, so they see all of it.
  if (!inFeature) return { folder: 'server/', ...server, outside: serverPackages }
  const isOldFrontDoor = feature === 'field' || feature === 'activitywatch'
  return {
    folder: `server/${feature}/`,
    ours: [
      `server/${feature}/`,
      /^server\/(?:http|threads|host)\//,
      /^server\/[^/]+\.ts$/,
      'db/',
      'contract/',
    ],
    outside: [
      ...serverPackages,
      ...(file.endsWith('/routes.ts') ? ['express', 'multer'] : []),
      ...(isOldFrontDoor ? ['zod'] : []),
    ],
    advice:
      'A feature does not reach into another feature: move what both need to a named file directly in server/, to db/ or to contract/.',
  }
}

const isPackage = (specifier: string, allowed: string[]) =>
  allowed.some((name) =>
    name.endsWith(':') ? specifier.startsWith(name) : `${specifier}/`.startsWith(`${name}/`),
  )

/** Says what to do instead when `file` may not import `specifier`; paths are relative to the repository. */
export function adviceAgainst(file: string, specifier: string, asType: boolean): string | undefined {
  const fence = fenceOf(file)
  if (!fence) return undefined
  const isTest = file.endsWith('.test.ts')
  if (!specifier.startsWith('.')) {
    if (isPackage(specifier, isTest ? [...fence.outside, ...testPackages] : fence.outside)) return undefined
    const home = Object.keys(homes).find((name) => isPackage(specifier, [name]))
    return (home && homes[home]) ?? fence.advice
  }
  const target = path.posix.join(path.posix.dirname(file), specifier)
  const reachable = [...fence.ours]
  if (asType) reachable.push(...(fence.oursAsTypes ?? []))
  // Tests build small worlds, so they see their whole top folder and the contract.
  if (isTest) reachable.push(`${file.split('/')[0]}/`, 'contract/')
  const isOpen = (to: string | RegExp) => (typeof to === 'string' ? target.startsWith(to) : to.test(target))
  return reachable.some(isOpen) ? undefined : fence.advice
}
