import assert from 'node:assert/strict'

async function openCase(page, title) {
  await page.getByRole('list', { name: 'Wartende Nanos' }).getByRole('button').filter({ hasText: title }).click()
  await page.getByRole('heading', { level: 2, name: title }).waitFor()
}

/** A moderator goes through the queue by keys and approves; a rejection without reason is held back. */
export async function moderatorApproves({ url, people, guide }) {
  const page = await people.page('moderator')
  await page.goto(`${url}/pruefung`)
  await openCase(page, guide.title)
  await page.frameLocator('iframe').getByRole('heading').first().waitFor()
  await page.getByRole('tab', { name: 'Paket' }).click()
  await page.getByText('Das Paket ist in Ordnung').waitFor()

  await page.getByRole('tab', { name: 'Angaben' }).click()
  await page.getByText(guide.description.slice(0, 40)).first().waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor({ state: 'hidden' })

  await page.keyboard.press('r')
  assert.ok(await page.getByRole('radio', { name: /Ablehnen/ }).isChecked(), 'r chooses to reject')
  await page.getByRole('button', { name: 'Jetzt ablehnen' }).click()
  await page.getByText(/Begründe das in mindestens/).waitFor()

  await page.getByRole('radio', { name: /Freigeben/ }).check()
  await page.getByRole('button', { name: 'Jetzt freigeben' }).click()
  await page.getByText('Hake zum Freigeben alle vier Punkte ab.').waitFor()
  for (const box of await page.getByRole('group', { name: 'Geprüft' }).getByRole('checkbox').all()) await box.check()
  await page.getByRole('button', { name: 'Jetzt freigeben' }).click()
  await page.getByText(/ist freigegeben/).waitFor()
  await page.close()
}

/** Changes are asked for with a reason that the creator will read. */
export async function moderatorAsksForChanges(story) {
  const { url, people, keyboardTitle } = story
  story.reason = 'Bitte ergänze, wer die Anleitung geschrieben hat.'
  const page = await people.page('moderator')
  await page.goto(`${url}/pruefung`)
  await openCase(page, keyboardTitle)
  await page.keyboard.press('c')
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  await page.keyboard.type(story.reason)
  await page.getByRole('button', { name: 'Änderungen erbitten' }).click()
  await page.getByText(/geht zur Überarbeitung zurück/).waitFor()
  await page.close()
}
