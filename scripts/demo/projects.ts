export type WorkKind = 'drawing' | 'model' | 'costs' | 'writing' | 'tender' | 'statics' | 'site' | 'admin'

export type DemoMilestone = {
  /** Position in the world's list of milestones. */
  index: number
  project: number
  name: string
  kind: WorkKind
  plannedHours: number | null
  doneBefore: number
  bonusRelevant: boolean
}

export type DemoProject = {
  index: number
  name: string
  client: string | null
  notes: string | null
  number: string
  /** How files of the project begin: `WHN`. */
  code: string
  milestones: DemoMilestone[]
}

type Step = [name: string, kind: WorkKind, planned: number | null, done: number, bonus?: 'bonus']
type Entry = {
  name: string
  client: string | null
  notes?: string
  number: string
  code: string
  steps: Step[]
}

const CATALOGUE: readonly Entry[] = [
  {
    name: 'Werkhalle Nord',
    client: 'Maschinenbau Behrens GmbH',
    notes: 'Stahlhalle 48 × 90 m, Kranbahn 12,5 t. Planlauf über den Projektraum.',
    number: '2417',
    code: 'WHN',
    steps: [
      ['Ausführungsplanung', 'drawing', 320, 118.5, 'bonus'],
      ['Tragwerksplanung', 'statics', 180, 96],
      ['Bauleitung', 'site', 240, 12],
    ],
  },
  {
    name: 'Kita Sonnenhof',
    client: 'Stadt Lindenau, Hochbauamt',
    notes: 'Sechs Gruppen, Holzbau. Förderantrag bis Monatsende.',
    number: '2431',
    code: 'KSH',
    steps: [
      ['Kostenberechnung', 'costs', 60, 21.25],
      ['Entwurfsplanung', 'model', 210, 143, 'bonus'],
      ['Ausschreibung', 'tender', 120, 0],
    ],
  },
  {
    name: 'Rathaus',
    client: 'Gemeinde Alt Rehse',
    notes: 'Denkmal, Bestand von 1904. Brandschau war am 12.',
    number: '2398',
    code: 'RAT',
    steps: [
      ['Brandschutz', 'writing', 90, 34.5],
      ['Genehmigungsplanung', 'drawing', 150, 150, 'bonus'],
    ],
  },
  {
    name: 'Büro',
    client: null,
    number: '0001',
    code: 'BUE',
    steps: [
      ['Verwaltung', 'admin', null, 0],
      ['Akquise', 'admin', null, 0],
      ['Fortbildung', 'admin', 80, 16],
    ],
  },
  {
    name: 'Brücke Mühlbach',
    client: 'Landesbetrieb Straßenbau',
    number: '2440',
    code: 'BRM',
    steps: [
      ['Tragwerksplanung', 'statics', 260, 88, 'bonus'],
      ['Ausführungsplanung', 'drawing', 190, 0],
    ],
  },
  {
    name: 'Wohnhof Färberstraße',
    client: 'Genossenschaft Färberstraße eG',
    notes: '42 Wohnungen, Tiefgarage.',
    number: '2405',
    code: 'WFS',
    steps: [
      ['Ausschreibung', 'tender', 140, 71],
      ['Kostenverfolgung', 'costs', 75, 40],
      ['Bauleitung', 'site', 400, 155],
    ],
  },
]

const BUILDINGS = [
  'Feuerwache',
  'Grundschule',
  'Sporthalle',
  'Ärztehaus',
  'Parkhaus',
  'Bibliothek',
  'Hofladen',
  'Kläranlage',
  'Bootshaus',
  'Werkstatt',
]
const PLACES = [
  'Lindenau',
  'Altmühl',
  'Oberkirch',
  'Steinhude',
  'Grünwald',
  'Rüdersdorf',
  'Seebrück',
  'Kößlin',
]
const PHASES: readonly Step[] = [
  ['Entwurfsplanung', 'model', 180, 40, 'bonus'],
  ['Genehmigungsplanung', 'drawing', 110, 25],
  ['Ausführungsplanung', 'drawing', 280, 60, 'bonus'],
  ['Tragwerksplanung', 'statics', 160, 30],
  ['Kostenberechnung', 'costs', 50, 10],
  ['Ausschreibung', 'tender', 90, 0],
  ['Brandschutz', 'writing', 70, 15],
  ['Bauleitung', 'site', 220, 35],
]

/** The projects an office of that size has at once: the catalogue, and about one more a person. */
export function demoProjects(people: number): DemoProject[] {
  const entries = [...CATALOGUE]
  for (let index = 0; entries.length < people + 2; index++) entries.push(furtherProject(index))
  let milestones = 0
  return entries.map(({ name, client, notes, number, code, steps }, index) => ({
    index,
    name,
    client,
    notes: notes ?? null,
    number,
    code,
    milestones: steps.map(([step, kind, planned, done, bonus]) => ({
      index: milestones++,
      project: index,
      name: step,
      kind,
      plannedHours: planned,
      doneBefore: done,
      bonusRelevant: bonus === 'bonus',
    })),
  }))
}

/** Building and place of the n-th further project: every pair occurs once before a second round begins. */
function furtherProject(index: number): Entry {
  const round = Math.floor(index / (BUILDINGS.length * PLACES.length))
  const building = BUILDINGS[index % BUILDINGS.length] ?? 'Haus'
  const place = PLACES[(index + Math.floor(index / BUILDINGS.length)) % PLACES.length] ?? 'Lindenau'
  return {
    name: `${building} ${place}${round === 0 ? '' : ` BA ${round + 1}`}`,
    client: `Gemeinde ${place}`,
    number: String(2450 + index),
    code: (building.slice(0, 2) + place.slice(0, 1)).toUpperCase() + String(index % 10),
    steps: [0, 2, 5].map(
      (offset) => PHASES[(index + offset) % PHASES.length] ?? (['Planung', 'drawing', 100, 0] as Step),
    ),
  }
}
