// Takes a picture of every page at 320, 768 and 1280 px, light and dark, to be looked at.
//   node test/shots.mjs URL FOLDER [page ...]       NANOCTL_LOGIN=email:password signs in first
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from './browser.mjs'

const [url, folder, ...only] = process.argv.slice(2)
const login = process.env.NANOCTL_LOGIN
const widths = (process.env.WIDTHS ?? '320,768,1280').split(',').map(Number)
const themes = (process.env.THEMES ?? 'light,dark').split(',')

const first = (await (await fetch(`${url}/api/v1/nanos?limit=1&sort=newest`)).json()).data[0]
const PAGES = {
  home: '/',
  search: `/suche?q=${encodeURIComponent(process.env.QUERY ?? 'Tabellen')}`,
  detail: `/nano/${first?.slug}`,
  login: '/anmelden',
  register: '/registrieren',
  link: '/anmelden/link#gut',
  upload: '/hochladen',
  mine: '/meine',
  review: '/pruefung',
  account: '/konto',
  empty: '/suche?q=qqqqqq',
  missing: '/gibt-es-nicht',
}

mkdirSync(folder, { recursive: true })
const browser = await launch()
for (const theme of themes) {
  for (const width of widths) {
    const context = await browser.newContext({ viewport: { width, height: width < 500 ? 640 : 900 }, colorScheme: theme, locale: 'de-DE' })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error(`page error: ${error.message}`))
    page.on('console', (message) => message.type() === 'error' && console.error(`console: ${message.text()}`))
    if (login) {
      const [email, password] = login.split(':')
      await page.goto(`${url}/anmelden`)
      await page.getByLabel('E-Mail').fill(email)
      await page.getByLabel('Passwort').fill(password)
      await page.locator('main form button[type=submit]').click()
      await page.waitForURL(`${url}/`)
    }
    for (const [name, path] of Object.entries(PAGES)) {
      if (only.length > 0 && !only.includes(name)) continue
      await page.goto(url + path, { waitUntil: 'networkidle' })
      await page.waitForTimeout(400)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wide > 0) console.error(`${name} ${width} ${theme}: ${wide} px too wide`)
      await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), fullPage: true })
    }
    await context.close()
  }
}
await browser.close()
