import assert from 'node:assert/strict'
import { zipOf } from './guide.mjs'

const packageOf = (name, buffer) => ({ name, mimeType: 'application/zip', buffer })

/** A creator uploads a guide in four steps, with a reload in the middle that loses nothing. */
export async function creatorUploads({ url, people, guide }) {
  const page = await people.page('creator')
  await page.goto(`${url}/hochladen`)
  await page.getByLabel('Datei auswählen').setInputFiles(packageOf('guide.zip', guide.zip))
  await page.getByText('Übertragen und geprüft').waitFor()
  await page.getByText('Das Paket ist in Ordnung').waitFor()
  await page.getByText('index.html').first().waitFor()
  await page.getByRole('button', { name: 'Weiter' }).click()

  await page.getByLabel('Titel', { exact: true }).fill(guide.title)
  await page.getByLabel('Kurzbeschreibung').fill(guide.description)
  await page.getByRole('radio', { name: /Vertiefung/ }).check()
  await page.waitForTimeout(300)
  await page.reload()
  await page.getByRole('heading', { name: 'Worum geht es darin?' }).waitFor()
  assert.equal(await page.getByLabel('Titel', { exact: true }).inputValue(), guide.title, 'the title survives a reload')
  assert.ok(await page.getByRole('radio', { name: /Vertiefung/ }).isChecked(), 'the level survives a reload')

  await page.getByRole('button', { name: 'Weiter' }).click()
  await page.getByText('Wähle mindestens ein Thema.').waitFor()
  await page.getByLabel('Dauer in Minuten').fill('6')
  await page.getByRole('group', { name: /Themen/ }).getByRole('checkbox').first().check()
  await page.getByRole('button', { name: 'Weiter' }).click()

  await page.getByRole('radio', { name: /CC-BY-SA-4.0/ }).check()
  await page.getByLabel(/Ich habe die nötigen Rechte/).check()
  await page.getByRole('button', { name: 'Weiter' }).click()

  const frame = page.frameLocator('iframe')
  await frame.getByRole('heading').first().waitFor()
  assert.equal(await page.locator('iframe').getAttribute('sandbox'), 'allow-scripts', 'the preview has no origin')
  await page.getByRole('button', { name: 'Zur Prüfung geben' }).click()
  await page.waitForURL(`${url}/meine`)
  const row = page.getByRole('listitem').filter({ hasText: guide.title })
  await row.getByText('In Prüfung').waitFor()
  await page.close()
}

/** Presses Tab until the element the label names has the focus; fails when it cannot be reached. */
async function tabTo(page, describe) {
  for (let presses = 0; presses < 80; presses++) {
    const reached = await page.evaluate((wanted) => {
      const element = document.activeElement
      const label = element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? ''
      const visible = element && (element.matches(':focus-visible') || element.closest(':has(:focus-visible)'))
      return label.includes(wanted) && Boolean(visible)
    }, describe)
    if (reached) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard never reached "${describe}"`)
}

/** The same with nothing but the keyboard. */
export async function creatorUploadsByKeyboard(story) {
  const { url, people, guide } = story
  const page = await people.page('creator')
  await page.goto(`${url}/hochladen`)
  await page.getByText('Zieh deine Datei hierher').waitFor()
  // listening begins before the way there, so that the browser has been told by the time the key is pressed
  const chosen = page.waitForEvent('filechooser')
  await tabTo(page, 'Datei auswählen')
  await page.keyboard.press('Enter')
  const chooser = await chosen
  await chooser.setFiles(packageOf('tastatur.zip', zipOf(guide.html, 'Nur mit der Tastatur.')))
  await page.getByText('Das Paket ist in Ordnung').waitFor()
  await tabTo(page, 'Weiter')
  await page.keyboard.press('Enter')

  story.keyboardTitle = `${guide.title} mit der Tastatur`
  await page.getByRole('heading', { name: 'Worum geht es darin?' }).waitFor()
  await tabTo(page, 'Titel')
  await page.keyboard.press('Control+A')
  await page.keyboard.type(story.keyboardTitle)
  await tabTo(page, 'Kurzbeschreibung')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Ohne Maus hochgeladen.')
  await tabTo(page, 'Einstieg')
  await page.keyboard.press('Space')
  await tabTo(page, 'Dauer in Minuten')
  await page.keyboard.type('4')
  const topic = (await page.getByRole('group', { name: /Themen/ }).getByRole('checkbox').first().evaluate((box) => box.labels[0].textContent)).trim()
  await tabTo(page, topic)
  await page.keyboard.press('Space')
  await tabTo(page, 'Weiter')
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'Was dürfen andere damit tun?' }).waitFor()
  await tabTo(page, 'Ich habe die nötigen Rechte')
  await page.keyboard.press('Space')
  await tabTo(page, 'Weiter')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Zur Prüfung geben' }).waitFor()
  await tabTo(page, 'Zur Prüfung geben')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${url}/meine`)
  await page.getByRole('listitem').filter({ hasText: story.keyboardTitle }).getByText('In Prüfung').waitFor()
  await page.close()
}

/** What the reviewer asked for stands beside the nano, and leads back into the form. */
export async function creatorSeesWhatIsAsked({ url, people, keyboardTitle, reason }) {
  const page = await people.page('creator')
  await page.goto(`${url}/meine`)
  const row = page.getByRole('listitem').filter({ hasText: keyboardTitle })
  await row.getByText(reason).waitFor()
  await row.getByText('Entwurf').waitFor()
  await row.getByRole('link', { name: 'Bearbeiten' }).click()
  await page.getByRole('button', { name: 'Paket behalten' }).click()
  assert.equal(await page.getByLabel('Titel', { exact: true }).inputValue(), keyboardTitle)
  await page.goto(`${url}/meine`)
  await row.getByRole('button', { name: /löschen/ }).click()
  await page.getByRole('button', { name: 'Rückgängig' }).click()
  await row.getByText('Entwurf').waitFor()
  await page.close()
}

/** A file that is no package is refused with the rule it breaks, and another can be chosen. */
export async function creatorIsToldWhatIsWrong({ url, people }) {
  const page = await people.page('creator')
  await page.goto(`${url}/hochladen`)
  await page.getByLabel('Datei auswählen').setInputFiles({ name: 'notiz.txt', mimeType: 'text/plain', buffer: Buffer.from('x') })
  await page.getByText(/ist kein ZIP und kein H5P/).waitFor()
  await page.getByLabel('Datei auswählen').setInputFiles(packageOf('kaputt.zip', Buffer.from('PK\u0003\u0004 das ist kein Archiv')))
  await page.getByText(/Fehler im Paket/).waitFor()
  await page.getByText(/ZIP_/).first().waitFor()
  assert.equal(await page.getByRole('button', { name: 'Weiter' }).count(), 0, 'a broken package leads no further')
  await page.getByRole('button', { name: 'Andere Datei' }).click()
  await page.getByText('Zieh deine Datei hierher').waitFor()
  await page.close()
}
