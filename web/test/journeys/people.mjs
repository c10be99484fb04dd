// People at their browsers: each signs in once, and every page they open is watched for errors.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const shots = new URL('../../target/journeys/', import.meta.url).pathname
const EXPECTED = /Failed to load resource|net::ERR_INTERNET_DISCONNECTED/

export class People {
  #contexts = new Map()
  #noise = []

  constructor(browser, url, credentials) {
    this.browser = browser
    this.url = url
    this.credentials = credentials
  }

  /** A fresh page of someone; `guest` has no account. */
  async page(who, options = {}) {
    let context = this.#contexts.get(who)
    if (!context || options.fresh) {
      context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE', colorScheme: 'light' })
      context.setDefaultTimeout(20_000)
      context.on('weberror', (error) => this.#noise.push(`${who}: ${error.error()}`))
      context.on('console', (message) => {
        if (message.type() === 'error' && !EXPECTED.test(message.text())) this.#noise.push(`${who}: ${message.text()}`)
      })
      if (!options.fresh) this.#contexts.set(who, context)
      if (who in this.credentials) await this.#signIn(context, this.credentials[who])
    }
    return context.newPage()
  }

  context(who) {
    return this.#contexts.get(who)
  }

  async #signIn(context, { email, password }) {
    const page = await context.newPage()
    await page.goto(`${this.url}/anmelden`)
    await page.getByLabel('E-Mail').fill(email)
    await page.getByLabel('Passwort').fill(password)
    await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click()
    await page.waitForURL(`${this.url}/`)
    await page.close()
  }

  /** Fails when a page threw, or the browser refused something (such as a breach of the CSP). */
  assertQuiet() {
    const noise = this.#noise.splice(0)
    if (noise.length > 0) throw new Error(`the console was not quiet:\n  ${noise.join('\n  ')}`)
  }

  async photograph(name) {
    mkdirSync(shots, { recursive: true })
    this.#noise.length = 0
    for (const [who, context] of this.#contexts)
      for (const [index, page] of context.pages().entries())
        await page.screenshot({ path: join(shots, `${name}-${who}-${index}.png`), fullPage: true }).catch(() => undefined)
  }
}
