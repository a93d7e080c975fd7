import { readArguments } from '../arguments.ts'

export type InstallRequest =
  | {
      kind: 'install'
      /** Started by labwc itself instead of systemd. */
      labwc: boolean
      /** For every start from now on; without any, those of an earlier installation stay. */
      options: string[]
    }
  | { kind: 'uninstall' }

const OURS = ['port', 'host', 'data', 'dark-after']

/**
 * What `timetrack --install` and `--uninstall` ask for; nothing for an ordinary start. An Error in words for a
 * person when it cannot be meant: a mistake here would only show at the next start of the kiosk.
 */
export function readRequest(argv: readonly string[]): InstallRequest | undefined {
  if (argv.includes('--uninstall')) return { kind: 'uninstall' }
  if (!argv.includes('--install')) return undefined
  const options: string[] = []
  const rest = argv.filter((word) => word !== '--install' && word !== '--labwc')
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? ''
    const [name = '', joined] = word.replace(/^--/, '').split(/=(.*)/s)
    if (!word.startsWith('--') || !OURS.includes(name)) continue
    options.push(`--${name}`, joined ?? rest[++index] ?? '')
  }
  readArguments(options, {}, '/') // throws what it would say at the start
  for (const word of options) {
    // The unit hands them on by splitting at spaces (systemd.service, "Command lines").
    if (/[\s"'\\$#]/.test(word))
      throw new Error(`${word}: spaces, quotes, $ and # cannot be kept for later starts`)
  }
  return { kind: 'install', labwc: argv.includes('--labwc'), options }
}

const VARIABLE = 'TIMETRACK_OPTIONS'

/** Read by systemd and by a shell alike. */
export function optionsFile(options: readonly string[]): string {
  return `# Written by: timetrack --install ${options.join(' ')}\n${VARIABLE}="${options.join(' ')}"\n`
}

/** The options that later starts get; none when there is no such file. */
export function optionsIn(file: string | undefined): string[] {
  const line = new RegExp(`^${VARIABLE}="(.*)"$`, 'm').exec(file ?? '')?.[1] ?? ''
  return line.split(' ').filter((word) => word !== '')
}
