import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

const folders = '{contract,db,server,renderer,electron,scripts,e2e}'
// Prettier writes every import alike, so a pattern is enough. Types are gone at run time and may point both ways.
const importing = /^(?:import|export) (?!type )(?:[^'";]*? from )?'(\.[^']+)'/gm

/** Finds a ring of files that import each other, given what each file imports. */
export function findCycle(graph: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>()
  const trail: string[] = []
  const visit = (file: string): string[] | undefined => {
    if (done.has(file)) return undefined
    const start = trail.indexOf(file)
    if (start >= 0) return [...trail.slice(start), file]
    trail.push(file)
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next)
      if (cycle) return cycle
    }
    trail.pop()
    done.add(file)
    return undefined
  }
  for (const file of graph.keys()) {
    const cycle = visit(file)
    if (cycle) return cycle
  }
  return undefined
}

/** Who imports whom, by path from the repository's root. */
export function importGraph(root: string): Map<string, string[]> {
  const files = globSync(`${folders}/**/*.{ts,vue}`, { cwd: root })
  return new Map(
    files.map((file) => {
      const imports = readFileSync(path.join(root, file), 'utf8').matchAll(importing)
      return [file, [...imports].map(([, specifier]) => path.join(path.dirname(file), specifier ?? ''))]
    }),
  )
}
