import { join } from 'node:path'

export const UNIT = 'timetrack.service'

/** Everything that an installation touches; all of it belongs to the user. */
export function placesIn(home: string) {
  const programs = join(home, 'timetrack')
  const config = join(home, '.config')
  return {
    programs,
    /** The link that every start goes through. */
    current: join(programs, 'current'),
    unit: join(config, 'systemd/user', UNIT),
    options: join(config, 'timetrack/kiosk.env'),
    /** For desktops that do not start graphical-session.target, as older Raspberry Pi OS. */
    autostart: join(config, 'autostart/timetrack.desktop'),
    labwc: join(config, 'labwc/autostart'),
  }
}
export type Places = ReturnType<typeof placesIn>

export const AUTOSTART = `[Desktop Entry]
Type=Application
Name=TimeTrack kiosk
Exec=systemctl --user --no-block start ${UNIT}
NoDisplay=true
`

const [BEGIN, END] = ['# >>> TimeTrack', '# <<< TimeTrack']
const BLOCK = new RegExp(`^${BEGIN}[^]*?^${END}[^\\n]*\\n?`, 'gm')

/** A file of the user's without what we put into it. */
export function withoutBlock(text: string): string {
  return text.replace(BLOCK, '')
}

/** The same with our lines, once, at the end. */
export function withBlock(text: string, block: string): string {
  const rest = withoutBlock(text)
  return rest === '' || rest.endsWith('\n') ? rest + block : `${rest}\n${block}`
}
