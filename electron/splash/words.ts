import type { ShellProblem, ShellState } from '../../contract/bridge.ts'

export type Said = { title: string; advice: string }

type Words = {
  steps: Record<Exclude<ShellState['step'], 'problem'>, Said>
  problems: Record<ShellProblem, Said>
  again: string
}

const de: Words = {
  steps: {
    database: {
      title: 'Datenbank wird geprüft …',
      advice:
        'Nach einem Update wird sie zuerst gesichert und dann umgestellt. Bitte das Gerät nicht ausschalten.',
    },
    starting: { title: 'TimeTrack startet …', advice: '' },
    restarting: {
      title: 'TimeTrack startet neu …',
      advice: 'Der Server hat sich beendet und wird ersetzt. Bestätigte Zeiten sind gespeichert.',
    },
    ready: { title: 'Gleich geht es los …', advice: '' },
    closing: { title: 'TimeTrack wird beendet …', advice: 'Offene Vorgänge werden noch gespeichert.' },
  },
  problems: {
    unwritable: {
      title: 'Der Datenordner ist nicht beschreibbar',
      advice:
        'Prüfen Sie, ob der Ordner vorhanden ist, dem richtigen Benutzer gehört und der Datenträger nicht schreibgeschützt ist.',
    },
    in_use: {
      title: 'Die Datenbank ist schon in Benutzung',
      advice:
        'Ein anderes TimeTrack oder Werkzeug hat sie geöffnet. Beenden Sie es und starten Sie hier neu.',
    },
    newer: {
      title: 'Die Datenbank ist neuer als dieses TimeTrack',
      advice:
        'Installieren Sie die neuere Version wieder, oder spielen Sie eine Sicherung von vor dem Update ein. Es wurde nichts verändert.',
    },
    foreign: {
      title: 'Das ist keine Datenbank von TimeTrack',
      advice: 'Wählen Sie einen anderen Datenordner. Es wurde nichts verändert.',
    },
    corrupt: {
      title: 'Die Datenbank ist beschädigt',
      advice:
        'Legen Sie die Datei beiseite und setzen Sie die neueste aus dem Ordner „backups“ an ihre Stelle.',
    },
    disk_full: {
      title: 'Der Datenträger ist voll',
      advice: 'Schaffen Sie Platz und starten Sie neu. Es wurde nichts verändert.',
    },
    missing: {
      title: 'Die Datenbank fehlt',
      advice: 'Prüfen Sie, ob der Datenträger mit dem Datenordner angeschlossen ist.',
    },
    port_in_use: {
      title: 'Der Port ist belegt',
      advice:
        'Ein anderes Programm, vielleicht ein zweites TimeTrack, benutzt ihn. Beenden Sie es, oder wählen Sie mit --port einen anderen.',
    },
    port_denied: {
      title: 'Der Port ist nicht erlaubt',
      advice: 'Dieser Benutzer darf ihn nicht verwenden. Wählen Sie mit --port einen über 1023.',
    },
    server: {
      title: 'Der Server läuft nicht',
      advice:
        'Er hat sich mehrmals hintereinander beendet. Starten Sie ihn neu; bleibt es dabei, hilft das Protokoll weiter. Bestätigte Zeiten sind gespeichert.',
    },
    page: {
      title: 'Die Anzeige ist ausgefallen',
      advice: 'Der Server läuft weiter und nimmt Zeiten an. Starten Sie die Anzeige neu.',
    },
    unexpected: {
      title: 'TimeTrack kann nicht starten',
      advice: 'Starten Sie neu; bleibt es dabei, hilft das Protokoll weiter.',
    },
  },
  again: 'Neu starten',
}

const en: Words = {
  steps: {
    database: {
      title: 'Checking the database …',
      advice:
        'After an update it is backed up first and then converted. Please do not switch the device off.',
    },
    starting: { title: 'TimeTrack is starting …', advice: '' },
    restarting: {
      title: 'TimeTrack is restarting …',
      advice: 'The server ended and is being replaced. Hours that were confirmed are stored.',
    },
    ready: { title: 'Almost there …', advice: '' },
    closing: { title: 'TimeTrack is closing …', advice: 'What is open is being stored.' },
  },
  problems: {
    unwritable: {
      title: 'The data folder cannot be written to',
      advice: 'Check that the folder is there, belongs to the right user and that its disk is not read-only.',
    },
    in_use: {
      title: 'The database is in use already',
      advice: 'Another TimeTrack or tool has it open. Stop that one, then start again here.',
    },
    newer: {
      title: 'The database is newer than this TimeTrack',
      advice:
        'Install the newer version again, or restore a backup from before the update. Nothing was changed.',
    },
    foreign: {
      title: 'This is not a database of TimeTrack',
      advice: 'Choose another data folder. Nothing was changed.',
    },
    corrupt: {
      title: 'The database is damaged',
      advice: 'Move the file away and put the newest one from the folder “backups” in its place.',
    },
    disk_full: {
      title: 'The disk is full',
      advice: 'Make some room and start again. Nothing was changed.',
    },
    missing: {
      title: 'The database is missing',
      advice: 'Check that the disk with the data folder is connected.',
    },
    port_in_use: {
      title: 'The network port is taken',
      advice:
        'Another program, perhaps a second TimeTrack, uses the port. Stop it, or choose another one with --port.',
    },
    port_denied: {
      title: 'The network port is not allowed',
      advice: 'This user may not use the port. Choose one above 1023 with --port.',
    },
    server: {
      title: 'The server is not running',
      advice:
        'It ended several times in a row. Start it again; if that does not help, the log will. Hours that were confirmed are stored.',
    },
    page: {
      title: 'The display has failed',
      advice: 'The server keeps running and takes hours. Start the display again.',
    },
    unexpected: {
      title: 'TimeTrack cannot start',
      advice: 'Start again; if that does not help, the log will.',
    },
  },
  again: 'Start again',
}

export function wordsFor(locale: string): Words & { lang: 'de' | 'en' } {
  return /^de\b/i.test(locale) ? { ...de, lang: 'de' } : { ...en, lang: 'en' }
}

/** What the page says, and whether a person is needed. */
export function say(
  state: ShellState,
  { steps, problems }: Pick<Words, 'steps' | 'problems'>,
): Said & { detail: string; isProblem: boolean } {
  if (state.step === 'problem') return { ...problems[state.problem], detail: state.detail, isProblem: true }
  const detail = state.step === 'restarting' ? state.reason : ''
  return { ...steps[state.step], detail, isProblem: false }
}
