import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

const SOON = 5000

/** The nano is in the search soon. */
async function found(page, address, title) {
  const until = Date.now() + SOON
  for (;;) {
    await page.goto(address)
    const hit = page.getByRole('article').filter({ hasText: title })
    await page.getByRole('article').or(page.getByRole('heading', { name: /Nichts gefunden/ })).first().waitFor()
    if (await hit.first().isVisible().catch(() => false)) return hit.first()
    if (Date.now() > until) throw new Error(`"${title}" is not found after ${SOON} ms`)
    await page.waitForTimeout(300)
  }
}

/** A guest finds the guide by a misspelt word, makes an account to download it, and rates it. */
export async function visitorFindsAndRates(story) {
  const { url, people, guide } = story
  const page = await people.page('guest', { fresh: true })
  await found(page, `${url}/suche?q=${encodeURIComponent(guide.title)}`, guide.title)
  const hit = await found(page, `${url}/suche?q=${encodeURIComponent(guide.query)}`, guide.title)
  await page.getByText(`„${guide.query}“ kommt nicht vor.`).waitFor()
  assert.ok((await hit.locator('mark').count()) > 0, 'the found words are marked')

  await page.goto(url)
  await page.getByRole('heading', { name: /Was möchtest du/ }).waitFor()
  await page.getByRole('combobox', { name: 'Nanos durchsuchen' }).fill(guide.query)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/suche\?q=/)
  await page.getByRole('article').filter({ hasText: guide.title }).first().getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: guide.title }).waitFor()
  story.detail = new URL(page.url()).pathname
  const ld = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent())
  assert.equal(ld.name, guide.title)
  assert.equal(ld['@type'], 'LearningResource')
  await page.frameLocator('iframe').getByRole('heading').first().waitFor()

  await page.getByRole('complementary').getByRole('link', { name: 'Anmelden und herunterladen' }).click()
  await page.getByRole('link', { name: 'Konto anlegen' }).click()
  await page.getByRole('button', { name: 'Konto anlegen' }).click()
  await page.getByText('Das ist keine E-Mail-Adresse.').waitFor()
  const name = `gast_${Date.now() % 1e9}`
  story.visitor = { email: `${name}@example.org`, password: 'Apfelkuchen mit Streuseln' }
  await page.getByLabel('E-Mail').fill(story.visitor.email)
  await page.getByLabel('Benutzername').fill(name)
  await page.getByLabel('Passwort').fill(story.visitor.password)
  await page.getByRole('button', { name: 'Konto anlegen' }).click()
  await page.waitForURL(url + story.detail)

  await page.frameLocator('iframe').getByRole('heading').first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('complementary').getByRole('button', { name: /Herunterladen/ }).click()])
  assert.ok(readFileSync(await download.path()).equals(guide.zip), 'the download is byte for byte what was uploaded')

  await page.getByRole('button', { name: 'Bewerten' }).click()
  await page.getByText('Wähle einen bis fünf Sterne.').waitFor()
  await page.locator('label', { hasText: '4 von 5 Sternen' }).click()
  await page.getByLabel(/Was war gut/).fill('Kurz, klar und sofort brauchbar.')
  await page.getByRole('button', { name: 'Bewerten' }).click()
  await page.getByText('Danke, deine Bewertung ist gespeichert.').waitFor()
  await page.getByRole('listitem').getByText('Kurz, klar und sofort brauchbar.').waitFor()
  await page.getByText('1 Bewertung', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Meine Bewertung ändern' }).click()
  await page.locator('label', { hasText: '5 von 5 Sternen' }).click()
  await page.getByRole('button', { name: 'Bewertung ändern', exact: true }).click()
  await page.getByText('5,0', { exact: true }).waitFor()
  await page.context().close()
}

/** What no browser shows by itself is described instead: what it is, and every file in it. */
export async function contentsAreListed({ url, people }) {
  const page = await people.page('guest', { fresh: true })
  await page.route('**/preview-ticket', (route) => route.fulfill({ status: 409, json: { success: false, error: { code: 'CONFLICT', message: '', details: [] } } }))
  await page.goto(`${url}/suche`)
  await page.getByRole('article').first().getByRole('link').click()
  await page.getByText('Dieses Paket lässt sich nicht direkt im Browser öffnen.').waitFor()
  await page.getByRole('main').getByText('index.html').first().waitFor()
  assert.equal(await page.locator('iframe').count(), 0)
  await page.context().close()
}

/** The whole surface changes its language, stays so, and comes back. */
export async function languageIsSwitched({ url, people }) {
  const page = await people.page('guest', { fresh: true })
  await page.goto(url)
  assert.equal(await page.locator('html').getAttribute('lang'), 'de')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: /What would you like to learn/ }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await page.reload()
  await page.getByRole('heading', { name: /What would you like to learn/ }).waitFor()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await page.getByRole('heading', { name: /Was möchtest du/ }).waitFor()
  await page.context().close()
}

/** The address holds the search: facets, back, reload. */
export async function stateOfTheAddress({ url, people }) {
  const page = await people.page('guest', { fresh: true })
  await page.goto(`${url}/suche`)
  await page.getByRole('article').first().waitFor()
  const level = page.getByRole('complementary').getByRole('group', { name: 'Stufe' }).getByRole('checkbox').first()
  await level.check() // flips at once, before anything is found
  await page.waitForURL(/level=/)
  await page.getByRole('button', { name: /entfernen/ }).first().waitFor()
  await page.reload()
  assert.ok(await level.isChecked(), 'the choice survives a reload')
  await page.goBack()
  await page.waitForURL((address) => !address.search.includes('level='))
  assert.ok(!(await level.isChecked()), 'going back takes the choice away')
  await page.getByRole('combobox', { name: 'Nanos durchsuchen' }).fill('zzqqxx')
  await page.getByRole('heading', { name: /Nichts gefunden/ }).waitFor()
  assert.match(page.url(), /q=zzqqxx/, 'typing reaches the address by itself')
  await page.getByRole('button', { name: 'Alle Nanos zeigen' }).click()
  await page.getByRole('article').first().waitFor()
  await page.context().close()
}

/** An access cookie that is gone is renewed silently, once, by the refresh cookie. */
export async function sessionIsRenewed({ url, people }) {
  const page = await people.page('creator')
  await page.goto(url)
  const before = await page.context().cookies()
  const access = before.find(({ path }) => path === '/')
  assert.ok(access?.httpOnly, 'the access cookie is out of reach for scripts')
  await page.context().clearCookies({ name: access.name })
  const renewals = []
  page.on('request', (request) => request.url().includes('refresh-token') && renewals.push(request))
  await page.goto(`${url}/meine`)
  await page.getByRole('listitem').filter({ hasText: 'Version' }).first().waitFor()
  assert.equal(renewals.length, 1, 'one renewal for all calls')
  await page.close()
}

/** Errors, a missing network and missing pages say what happened and offer a way on. */
export async function troubleIsExplained({ url, people }) {
  const page = await people.page('guest', { fresh: true })
  await page.goto(`${url}/gibt-es-nicht`)
  await page.getByRole('heading', { name: 'Diese Seite gibt es nicht' }).waitFor()
  await page.goto(`${url}/nano/gibt-es-nicht`)
  await page.getByRole('heading', { name: 'Diese Seite gibt es nicht' }).waitFor()
  await page.goto(`${url}/pruefung`)
  await page.waitForURL(/\/anmelden\?next=%2Fpruefung/)

  await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click()
  await page.getByText('Diese Angabe fehlt noch.').first().waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'email', 'the focus is on the first error')
  await page.getByLabel('E-Mail').fill('niemand@example.org')
  await page.getByLabel('Passwort').fill('falsches Passwort')
  await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click()
  await page.getByText('E-Mail oder Passwort stimmt nicht.').waitFor()

  await page.goto(`${url}/anmelden/link#${'x'.repeat(40)}`)
  await page.getByLabel('Neues Passwort').fill('Apfelkuchen mit Streuseln')
  await page.getByRole('button', { name: 'Passwort setzen' }).click()
  await page.getByRole('heading', { name: 'Dieser Link gilt nicht mehr' }).waitFor()

  let broken = true
  await page.route('**/api/v1/search?*', (route) => (broken ? route.fulfill({ status: 503, body: '<html>' }) : route.continue()))
  await page.goto(`${url}/suche`)
  await page.getByRole('heading', { name: 'Das hat nicht geklappt' }).waitFor()
  broken = false
  await page.getByRole('button', { name: 'Noch einmal versuchen' }).click()
  await page.getByRole('article').first().waitFor()

  await page.context().setOffline(true)
  await page.getByText('Du bist gerade ohne Netz.').first().waitFor()
  await page.context().setOffline(false)
  await page.getByText('Du bist gerade ohne Netz.').first().waitFor({ state: 'hidden' })
  await page.context().close()
}
