import type { DemoPerson } from './people.ts'
import type { DemoMilestone, DemoProject, WorkKind } from './projects.ts'
import type { Random } from './random.ts'

/** What somebody is working on: a file of a milestone of a project. */
export type Work = {
  person: DemoPerson
  project: DemoProject
  milestone: DemoMilestone
  file: string
  revision: number
}

export type Page = { title: string; url?: string }

export type Tool = {
  app: string
  weight: number
  /** Usual length of a look at it, seconds, and how much it varies. */
  seconds: number
  spread: number
  /** `work`: time for the milestone; `general`: about nothing in particular; `private`, `ignored`: not for the office. */
  about: 'work' | 'general' | 'private' | 'ignored'
  page(work: Work, random: Random): Page
}

/** Pieces of work by kind, as they appear in file names. */
export const PARTS: Record<WorkKind, readonly string[]> = {
  drawing: [
    'Grundriss_EG',
    'Grundriss_OG1',
    'Schnitt_A-A',
    'Schnitt_B-B',
    'Ansicht_Nord',
    'Detail_Attika',
    'Detail_Sockel',
    'Dachaufsicht',
    'Treppenhaus_1',
    'Tür-_und_Fensterliste',
    'Lageplan',
  ],
  model: ['ARC_Gesamt', 'ARC_Gründung', 'ARC_Fassade', 'TWP_Abgleich', 'TGA_Kollision', 'Flächenplan'],
  costs: [
    'Kostenberechnung_DIN276',
    'Kostenverfolgung',
    'Nachträge_Übersicht',
    'Honorar_LP5',
    'Mengen_KG300',
  ],
  writing: [
    'Konzept_Entwurf',
    'Erläuterungsbericht',
    'Nachweis_Rettungswege',
    'Stellungnahme_Bauaufsicht',
    'Angebot',
  ],
  tender: ['LV_Rohbau', 'LV_Dachabdichtung', 'LV_Fenster', 'Preisspiegel_Rohbau', 'Vergabevorschlag'],
  statics: [
    'Hallenrahmen',
    'Decke_über_EG',
    'Gründung_Achse_C',
    'Kranbahnträger',
    'Aussteifung',
    'Stütze_S4',
  ],
  site: ['Bauprotokoll', 'Mängelliste', 'Bautagebuch', 'Terminplan', 'Abnahme_Rohbau'],
  admin: [
    'Stundenübersicht',
    'Urlaubsplan',
    'Rechnung_AR',
    'Wartungsvertrag_Plotter',
    'Büro_Einkauf',
    'Angebot_Sporthalle',
  ],
}

const NORMS = [
  'DIN 4102-4',
  'DIN EN 1992-1-1',
  'DIN EN 1993-1-1_NA',
  'DIN 276',
  'DIN 18230-1',
  'MIndBauRL',
  'ASR A2.3',
  'DIN 4109',
  'DIN 18040-1',
  'VOB_B_2019',
  'HOAI_2021',
]
const SUBJECTS = [
  'Rückfragen zu',
  'Termine',
  'Freigabe',
  'Planstand',
  'Änderung',
  'Protokoll vom Jour fixe:',
  'Bitte um Prüfung:',
  'Nachtrag 3:',
  'Unterlagen',
  'Fotos Baustelle',
  'Abstimmung',
]
const FOLDERS = ['01_Pläne', '02_Schriftverkehr', '03_Kosten', '04_Statik', '05_Fotos', 'Eingang', 'Ausgang']
const OFFICE_SUBJECTS = [
  'Urlaubsantrag',
  'Rechnung AR-2291',
  'Angebot Plotterpapier',
  'Wartung Server',
  'Weihnachtsfeier 🎄',
  'Krankmeldung',
  'Versicherungsnachweis',
]
const COLLEAGUES = ['Anna Krüger', 'Lars Thiel', 'Mehmet Sahin', 'Jule Wolf', 'Büro alle ☕', 'Baustelle 🏗️']
const SEARCHES: readonly [string, string][] = [
  [
    'Rauchabzug Öffnungsfläche berechnen',
    'https://www.ecosia.org/search?q=rauchabzug+%C3%B6ffnungsfl%C3%A4che',
  ],
  ['Baunormenlexikon – KG 330 Außenwände', 'https://www.baunormenlexikon.example/kg/330'],
  ['HILTI HIT-HY 200-A Bemessung', 'https://www.hilti.example/hit-hy-200'],
  ['Geoportal – Flurstück 118/4', 'https://geoportal.example/flurstueck/118-4'],
  ['Musterbauordnung § 33 Zweiter Rettungsweg', 'https://www.is-argebau.example/mbo#33'],
  ['Wetter Lindenau ☀️ 7 Tage', 'https://www.dwd.example/lindenau'],
]

const fileName = ({ project, file, revision }: Work, extension: string) =>
  `${project.number}_${project.code}_${file}_v${revision}.${extension}`

const tool = (
  app: string,
  weight: number,
  seconds: number,
  spread: number,
  page: Tool['page'],
  about: Tool['about'] = 'work',
): Tool => ({
  app,
  weight,
  seconds,
  spread,
  about,
  page,
})

const shown = (title: string): Page => ({ title })

const GENERAL_TOOLS: readonly Tool[] = [
  tool(
    'outlook.exe',
    6,
    25,
    0.8,
    ({ person }, r) =>
      shown(`Posteingang${r.chance(0.6) ? ` (${r.int(1, 24)})` : ''} - ${person.mail} - Outlook`),
    'general',
  ),
  tool(
    'teams.exe',
    5,
    35,
    0.8,
    ({ person }, r) => {
      const partner = r.pick(COLLEAGUES.filter((name) => name !== person.name))
      return shown(`${r.chance(0.3) ? `(${r.int(1, 5)}) ` : ''}Chat | ${partner} | Microsoft Teams`)
    },
    'general',
  ),
  tool(
    'chrome.exe',
    0.7,
    60,
    0.7,
    (_, r) => ({
      title: `${r.pick(['Online-Banking Sparkasse', 'Termin Dr. Wagner', 'Kleinanzeigen – Fahrradanhänger', 'Elternbrief Klasse 3b'])} – Google Chrome`,
    }),
    'private',
  ),
  tool('lockapp.exe', 0.5, 90, 0.9, () => shown('Windows-Standardsperrbildschirm'), 'ignored'),
]

const PROJECT_TOOLS: readonly Tool[] = [
  ...GENERAL_TOOLS,
  tool('outlook.exe', 11, 40, 0.9, (work, r) =>
    shown(`${r.pick(['AW: ', 'WG: ', ''])}${r.pick(SUBJECTS)} ${work.project.name} - Nachricht (HTML)`),
  ),
  tool('explorer.exe', 7, 12, 0.7, ({ project }, r) =>
    shown(`${project.number}_${project.name.replaceAll(' ', '_')} > ${r.pick(FOLDERS)} - Datei-Explorer`),
  ),
  tool('acrobat.exe', 8, 55, 0.9, (work, r) =>
    shown(
      `${r.chance(0.5) ? r.pick(NORMS) : fileName(work, '').slice(0, -1)}.pdf - Adobe Acrobat Reader (64-bit)`,
    ),
  ),
  tool('chrome.exe', 6, 45, 0.9, (work, r) => {
    if (r.chance(0.3))
      return {
        title: `Projektraum | ${work.project.name} – Google Chrome`,
        url: `https://projektraum.example/${work.project.code.toLowerCase()}/${r.pick(FOLDERS)}`,
      }
    const [title, url] = r.pick(SEARCHES)
    return { title: `${title} – Google Chrome`, url }
  }),
]

const cad = tool('acad.exe', 55, 140, 1, (work) =>
  shown(`Autodesk AutoCAD 2025 - [${fileName(work, 'dwg')}]`),
)
const revit = tool('revit.exe', 55, 150, 1, (work, r) =>
  shown(
    `Autodesk Revit 2025.2 - [${fileName(work, 'rvt')} - ${r.pick(['Grundriss: EG', 'Schnitt: 1', '3D-Ansicht: {3D}'])}]`,
  ),
)
const excel = (weight: number) =>
  tool('excel.exe', weight, 140, 1, (work, r) =>
    shown(`${fileName(work, 'xlsx')}${r.chance(0.2) ? '  -  Gespeichert' : ''} - Excel`),
  )
const word = (weight: number) =>
  tool('winword.exe', weight, 150, 1, (work) => shown(`${fileName(work, 'docx')} - Word`))
const orca = tool('orcaava.exe', 45, 140, 1, (work) =>
  shown(`ORCA AVA 26 - ${work.project.name}: ${work.file}`),
)
const rfem = tool('rfem6.exe', 45, 160, 1, (work, r) =>
  shown(`RFEM 6.08 - [${fileName(work, 'rf6')}${r.chance(0.4) ? '*' : ''}]`),
)
const datev = tool('datev.exe', 20, 110, 0.9, () => shown('DATEV Arbeitsplatz pro'), 'general')
const officeMail = tool('outlook.exe', 14, 40, 0.9, (_, r) =>
  shown(`${r.pick(['AW: ', ''])}${r.pick(OFFICE_SUBJECTS)} - Nachricht (HTML)`),
)
const photos = tool('microsoft.photos.exe', 8, 20, 0.6, ({ project }, r) =>
  shown(`IMG_${r.int(1000, 9999)} ${project.name} 📷.jpg - Fotos`),
)

/** What is open during work of each kind; the first is the main thing. */
export const TOOLS: Record<WorkKind, readonly Tool[]> = {
  drawing: [cad, ...PROJECT_TOOLS],
  model: [revit, ...PROJECT_TOOLS],
  costs: [excel(50), ...PROJECT_TOOLS],
  writing: [word(48), ...PROJECT_TOOLS],
  tender: [orca, excel(10), ...PROJECT_TOOLS],
  statics: [rfem, excel(8), ...PROJECT_TOOLS],
  site: [word(30), photos, excel(8), ...PROJECT_TOOLS],
  admin: [excel(22), datev, word(8), officeMail, ...GENERAL_TOOLS],
}

/** A meeting on the screen: long stretches of it, with a look at something else in between. */
export const MEETING: Tool = tool('teams.exe', 60, 600, 0.8, ({ project }, r) =>
  shown(
    `${r.pick(['Jour fixe', 'Planungsbesprechung', 'Abstimmung', 'Baubesprechung'])} ${project.name}${r.chance(0.2) ? ' 📐' : ''} | Microsoft Teams`,
  ),
)

export const ACTIVITIES: Record<WorkKind, readonly string[]> = {
  drawing: ['Planung', 'Detailplanung', 'Planprüfung'],
  model: ['Planung', 'Modellpflege', 'Kollisionsprüfung'],
  costs: ['Kosten', 'Mengenermittlung'],
  writing: ['Bericht', 'Recherche'],
  tender: ['Ausschreibung', 'Angebotsprüfung'],
  statics: ['Berechnung', 'Prüfung'],
  site: ['Bauleitung', 'Dokumentation'],
  admin: ['Verwaltung'],
}

export const COMMENTS = [
  'Achse C überarbeitet',
  'Rückfragen vom Bauherrn',
  'Planstand für Jour fixe',
  'nach Prüfung geändert',
  'mit Lars abgestimmt',
  'Nachtrag vorbereitet',
  'Unterlagen für die Bauaufsicht',
  'Preise eingeholt 👍',
]
