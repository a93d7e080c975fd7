import { chromium } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { getChromium } from '../chromium.ts'

/**
 * Draws build/icons/*.png from build/icon.svg, after a change of the drawing; the results are committed, so
 * that packaging needs no browser. The sizes are those that Debian's hicolor theme has folders for.
 */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512]
const build = path.resolve(import.meta.dirname, '../../build')

const found = await getChromium()
if ('why' in found) throw new Error(found.why)
const browser = await chromium.launch({ executablePath: found.file })
const svg = readFileSync(path.join(build, 'icon.svg'), 'utf8')
const page = await browser.newPage()
for (const size of sizes) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>* { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`)
  writeFileSync(
    path.join(build, `icons/${size}x${size}.png`),
    await page.screenshot({ omitBackground: true }),
  )
}
await browser.close()
console.log(`Drew ${sizes.length} icons.`)
