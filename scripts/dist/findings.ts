export type Verdict = 'ok' | 'MISS' | 'not checked'
export interface Finding {
  what: string
  verdict: Verdict
  note: string
}

/** Collects what a check found, one line each; a check that throws is a miss, the others still run. */
export class Findings {
  readonly all: Finding[] = []

  ok(what: string, note = ''): void {
    this.all.push({ what, verdict: 'ok', note })
  }

  miss(what: string, note: string): void {
    this.all.push({ what, verdict: 'MISS', note })
  }

  /** For what this machine cannot show, so that silence never looks like success. */
  notChecked(what: string, why: string): void {
    this.all.push({ what, verdict: 'not checked', note: why })
  }

  /** Misses name what is wrong, an empty list is fine. */
  judge(what: string, wrong: readonly string[], note = ''): void {
    if (wrong.length === 0) return this.ok(what, note)
    const more = wrong.length > SHOWN ? `, and ${wrong.length - SHOWN} more` : ''
    this.miss(what, wrong.slice(0, SHOWN).join(', ') + more)
  }

  async attempt(what: string, check: () => void | Promise<void>): Promise<void> {
    try {
      await check()
    } catch (error) {
      this.miss(what, error instanceof Error ? error.message : String(error))
    }
  }

  get isFine(): boolean {
    return this.all.length > 0 && this.all.every(({ verdict }) => verdict !== 'MISS')
  }

  table(): string {
    const width = Math.max(...this.all.map(({ what }) => what.length))
    return this.all
      .map(({ what, verdict, note }) => `  ${what.padEnd(width)}  ${verdict.padEnd(11)}  ${note}`.trimEnd())
      .join('\n')
  }
}

const SHOWN = 8
