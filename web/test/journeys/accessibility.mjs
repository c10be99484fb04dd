// axe on every page in German and English, light and dark, at 320, 768 and 1280 px; and no page may
// be wider than the screen.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [320, 768, 1280]
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], iframes: false }

const pagesOf = (detail, missing) => [
  ['guest', '/'],
  ['guest', '/suche'],
  ['guest', '/suche?level=2&sort=newest'],
  ['guest', '/suche?q=zzqqxx'],
  ['guest', detail],
  ['guest', '/anmelden'],
  ['guest', '/registrieren'],
  ['guest', '/anmelden/link#einmal'],
  ['guest', missing],
  ['creator', detail],
  ['creator', '/hochladen'],
  ['creator', '/meine'],
  ['creator', '/konto'],
  ['moderator', '/pruefung'],
]

async function firstDetail(url) {
  const { data } = await (await fetch(`${url}/api/v1/nanos?limit=1`)).json()
  return `/nano/${data[0].slug}`
}

async function settle(page) {
  await page.waitForFunction(() => !document.querySelector('.bone'))
  await page.waitForTimeout(300)
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))))
}

/** Until the page is drawn in that width: a busy browser has the new width before the new layout. */
async function drawn(page, width) {
  await page.waitForFunction((wanted) => window.innerWidth === wanted && window.matchMedia(`(width: ${wanted}px)`).matches, width)
  await page.evaluate(() => new Promise((done) => window.requestAnimationFrame(() => window.requestAnimationFrame(done))))
}

async function inspect(page, name) {
  const found = []
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await drawn(page, width)
      const { violations, overflow, widest } = await page.evaluate(async (rules) => {
        const result = await window.axe.run(document, rules)
        const width = document.documentElement.clientWidth
        return {
          violations: result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary.replace(/\s+/g, ' ')}`).slice(0, 3).join(' | ')}`),
          overflow: document.documentElement.scrollWidth - width,
          widest: [...document.querySelectorAll('body *')]
            .filter((element) => element.getBoundingClientRect().right > width)
            .slice(-2)
            .map((element) => `${element.tagName.toLowerCase()} "${element.textContent.slice(0, 40)}"`),
        }
      }, RULES)
      if (overflow > 0) found.push(`${name} ${theme} ${width}: ${overflow} px wider than the screen: ${widest.join(', ')}`)
      found.push(...violations.map((violation) => `${name} ${theme} ${width}: ${violation}`))
    }
  }
  return found
}

/** Every page, every language, both themes, three widths. */
export async function accessibility({ url, people, detail }) {
  const found = []
  let runs = 0
  const shown = detail ?? (await firstDetail(url))
  for (const language of ['de', 'en']) {
    for (const [who, path] of pagesOf(shown, '/gibt-es-nicht')) {
      const page = await people.page(who)
      await page.goto(url)
      await page.evaluate((code) => localStorage.setItem('nanos.language', code), language)
      await page.goto(url + path)
      await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settle(page)
      await page.evaluate(axe)
      found.push(...(await inspect(page, `${language} ${who} ${path}`)))
      runs += 2 * WIDTHS.length
      await page.evaluate(() => localStorage.removeItem('nanos.language'))
      await page.close()
    }
  }
  console.log(`      axe: ${runs} runs, ${found.length} findings`)
  if (found.length > 0) throw new Error(`\n  ${[...new Set(found)].join('\n  ')}`)
}
