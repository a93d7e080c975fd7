import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

/** What fingers need (DESIGN section 8), in millimetres of the panel. */
const SMALLEST = 9
const KEY = 15
const MAIN = 20
const GAP = 2
/** Pixels are whole, millimetres are not. */
const ROUNDING = 0.1

type Box = { left: number; top: number; right: number; bottom: number }
type Target = Box & { name: string; kind: 'main' | 'key' | 'small'; coveredBy: string | null }
type Seen = {
  mm: number
  width: number
  height: number
  targets: Target[]
  texts: (Box & { text: string })[]
  cut: string[]
}

/** Measures the screen as it is laid out. */
function look(): Seen {
  const root = document.querySelector<HTMLElement>('.kiosk') ?? document.body
  const boxOf = (element: Element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return { left, top, right, bottom }
  }
  const kindOf = (button: Element) =>
    button.classList.contains('main') ? 'main' : button.closest('.pad') === null ? 'small' : 'key'

  function coverOf(button: Element, { left, top, right, bottom }: Box): string | null {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    const points = [
      [x, y],
      [left + 3, y],
      [right - 3, y],
      [x, top + 3],
      [x, bottom - 3],
    ] as const
    const hits = points.map(([atX, atY]) => document.elementFromPoint(atX, atY))
    const cover = hits.find((hit) => hit !== null && !button.contains(hit))
    return cover ? cover.className || cover.tagName : null
  }

  // Words that are meant to be cut say so by `cut`.
  const hides = (element: HTMLElement) =>
    !element.matches('.cut, .unseen') &&
    getComputedStyle(element).overflow !== 'visible' &&
    (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)

  return {
    mm: Number.parseFloat(getComputedStyle(root).getPropertyValue('--mm')),
    width: innerWidth,
    height: innerHeight,
    targets: [...root.querySelectorAll('button')].map((button) => {
      const box = boxOf(button)
      const name = button.getAttribute('aria-label') ?? button.textContent.trim()
      return { ...box, name, kind: kindOf(button), coveredBy: coverOf(button, box) }
    }),
    texts: [...root.querySelectorAll('p, h1, h2, dd, dt, td, th')].map((element) => ({
      ...boxOf(element),
      text: element.textContent.trim(),
    })),
    cut: [root, ...root.querySelectorAll<HTMLElement>('*')].filter(hides).map(({ className }) => className),
  }
}

const LEAST = { main: MAIN, key: KEY, small: SMALLEST } as const

const tooSmall = ({ mm, targets }: Seen) =>
  targets.flatMap(({ name, kind, left, top, right, bottom }) => {
    const [width, height] = [(right - left) / mm, (bottom - top) / mm]
    const isLarge = Math.min(width, height) >= LEAST[kind] - ROUNDING
    return isLarge ? [] : [`${name}: ${width.toFixed(1)} × ${height.toFixed(1)} mm, not ${LEAST[kind]}`]
  })

const tooClose = ({ mm, targets }: Seen) =>
  targets.flatMap((one, at) =>
    targets.slice(at + 1).flatMap((other) => {
      const across = Math.max(one.left, other.left) - Math.min(one.right, other.right)
      const down = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom)
      const apart = Math.max(across, down) / mm
      return apart >= GAP - ROUNDING ? [] : [`${one.name} and ${other.name}: ${apart.toFixed(1)} mm apart`]
    }),
  )

const outside = ({ width, height, targets, texts }: Seen) =>
  [...targets.map((target) => ({ ...target, text: target.name })), ...texts].flatMap((box) =>
    box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1
      ? [`${box.text}: out of the screen`]
      : [],
  )

/** What is too small, too close, covered, cut off, or out of the screen; nothing may have to be scrolled to. */
export async function unfitFor(page: Page): Promise<string[]> {
  const seen = await page.evaluate(look)
  const covered = seen.targets.flatMap(({ name, coveredBy }) =>
    coveredBy === null ? [] : [`${name}: covered by ${coveredBy}`],
  )
  const cut = seen.cut.map((name) => `${name}: more in it than is seen`)
  return [...tooSmall(seen), ...tooClose(seen), ...outside(seen), ...covered, ...cut]
}

/** What somebody who sees, hears or moves less could not use. */
export async function barriersOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    )
}

/** A screen that fingers can use and nobody is kept from. */
export async function expectUsable(page: Page, name: string): Promise<void> {
  expect.soft(await unfitFor(page), name).toEqual([])
  expect.soft(await barriersOn(page), name).toEqual([])
}

/** Reaches something by keyboard alone. */
export async function tabTo(page: Page, one: Locator): Promise<void> {
  for (let tab = 0; tab < 10 && !(await one.evaluate((it) => it === document.activeElement)); tab++)
    await page.keyboard.press('Tab')
  await expect(one).toBeFocused()
}
