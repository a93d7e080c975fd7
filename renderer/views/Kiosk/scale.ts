/** How much larger than planned everything is, as chosen on the screen itself. */
export const STEPS = [1, 1.08, 1.15] as const
export type Step = 0 | 1 | 2

export const isStep = (value: unknown): value is Step => value === 0 || value === 1 || value === 2

/** Pixels of the panel a millimetre: what browsers say of that is not what panels are. */
const PANELS = [
  { long: 800, short: 480, density: 5.24 },
  { long: 1280, short: 720, density: 8.3 },
] as const
const USUAL = 5.24
/** Millimetres of the shorter side that the screens are laid out for. */
const NARROWEST = 78

/** CSS pixels a millimetre, for `--mm`. */
export function mmOf(width: number, height: number, ratio: number, step: Step): number {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  const panel = PANELS.find(
    (one) => one.long === Math.round(long * ratio) && one.short === Math.round(short * ratio),
  )
  const plain = panel ? panel.density / ratio : USUAL
  return Math.min(plain * STEPS[step], short / NARROWEST)
}
