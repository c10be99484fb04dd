// Content for development and browser tests: a folder of real guides, or a few of our own.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Reads category/guide/{nano.json,index.html} and categories.json. */
export function guidesFrom(folder) {
  const categories = JSON.parse(readFileSync(join(folder, 'categories.json'), 'utf8'))
  const guides = readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .flatMap((category) => readdirSync(join(folder, category)).map((guide) => join(folder, category, guide)))
    .filter((path) => existsSync(join(path, 'nano.json')))
    .map((path) => ({ ...JSON.parse(readFileSync(join(path, 'nano.json'), 'utf8')), html: readFileSync(join(path, 'index.html'), 'utf8') }))
  return { categories, guides }
}

const TOPICS = [
  ['Obstbäume im Winter schneiden', 'Wann die Schere ran darf, welche Triebe weichen und warum der Schnitt schräg sitzt.', 'garten', 2, 9],
  ['Brotteig richtig kneten', 'So spürst du, ob der Teig genug Spannung hat, und rettest einen zu weichen.', 'kueche', 1, 6],
  ['Kassenbuch führen', 'Einnahmen und Ausgaben so festhalten, dass die Prüfung gelingt.', 'buero', 3, 12],
  ['Gewürze aufbewahren', 'Licht, Luft und Wärme: was Aromen verdirbt und was sie hält.', 'kueche', 1, 4],
  ['Besprechungen vorbereiten', 'Mit drei Fragen zu einer Tagesordnung, die trägt.', 'buero', 2, 8],
]

/** A handful of guides of our own, enough to fill shelves and pages. */
export function sampleGuides() {
  const categories = [
    { slug: 'garten', name_de: 'Garten', name_en: 'Gardening' },
    { slug: 'kueche', name_de: 'Küche', name_en: 'Kitchen' },
    { slug: 'buero', name_de: 'Büro', name_en: 'Office' },
  ]
  const guides = Array.from({ length: 45 }, (_, index) => {
    const [title, description, category, level, durationMinutes] = TOPICS[index % TOPICS.length]
    const part = Math.floor(index / TOPICS.length)
    return {
      title: part === 0 ? title : `${title}, Teil ${part + 1}`,
      description,
      language: 'de',
      level,
      durationMinutes: durationMinutes + part,
      categories: [category],
      tags: ['Grundlagen', title.split(' ')[0]],
      licence: 'CC-BY-4.0',
      attribution: 'Lernhof',
      html: `<!doctype html><html lang="de"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${description}</p></html>`,
    }
  })
  return { categories, guides }
}
