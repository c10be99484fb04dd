// The guide that is uploaded: a real one where a folder is given, else one of our own.
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { strToU8, zipSync } from 'fflate'

const OWN = {
  title: 'Obstbäume im Winter schneiden',
  description: 'Wann die Säge ran darf, welche Wassertriebe weichen und warum der Schnitt schräg sitzt.',
  html: `<!doctype html>
<html lang="de">
  <head><meta charset="utf-8"><title>Obstbäume im Winter schneiden</title></head>
  <body>
    <h1>Obstbäume im Winter schneiden</h1>
    <p>Der beste Zeitpunkt ist ein frostfreier, trockener Tag zwischen Januar und März.</p>
    <h2>Werkzeug</h2>
    <p>Eine scharfe Gartenschere, eine Baumsäge und eine standfeste Leiter.</p>
    <h2>Schritt für Schritt</h2>
    <ol>
      <li>Entferne zuerst, was tot, krank oder gebrochen ist.</li>
      <li>Nimm Wassertriebe heraus, die steil nach oben wachsen.</li>
      <li>Schneide knapp über einer Knospe, die nach außen zeigt, und leicht schräg.</li>
    </ol>
  </body>
</html>`,
}

const REAL = /serienbrief|inhaltsverzeichnis|tabelle|diagramm|kopfzeile/i

/** The folder itself, or what guides-de.tar.gz in it holds. */
function unpacked(folder) {
  const archive = join(folder, 'guides-de.tar.gz')
  if (!existsSync(archive)) return folder
  const target = mkdtempSync(join(tmpdir(), 'nanoctl-guides-'))
  process.on('exit', () => rmSync(target, { recursive: true, force: true }))
  execFileSync('tar', ['-xzf', archive, '-C', target])
  return target
}

function realGuide(folder) {
  const root = unpacked(folder)
  const found = readdirSync(root, { recursive: true })
    .filter((name) => basename(name) === 'nano.json')
    .sort()
    .map((name) => dirname(join(root, name)))
    .map((path) => ({ ...JSON.parse(readFileSync(join(path, 'nano.json'), 'utf8')), html: readFileSync(join(path, 'index.html'), 'utf8') }))
    .find(({ title, language }) => language === 'de' && REAL.test(title) && longest(title).length >= 8)
  if (!found) throw new Error(`no German guide in ${folder}`)
  return found
}

const longest = (text) => text.split(/[^\p{L}]+/u).sort((a, b) => b.length - a.length)[0]

/** Two neighbouring letters in the middle change places. */
function misspelt(word) {
  const at = Math.floor(word.length / 2)
  return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
}

/** A ZIP of one page; `note` makes its bytes differ from others. */
export function zipOf(html, note = '') {
  return Buffer.from(zipSync({ 'index.html': strToU8(html), 'hinweis.txt': strToU8(`Ein Nano.\n${note}`) }, { mtime: new Date('2026-01-01T00:00:00') }))
}

export function guideForUpload(folder) {
  const guide = folder ? realGuide(folder) : OWN
  // the mark keeps the title apart from a guide that was imported before
  const title = `${guide.title} (${createHash('sha256').update(String(process.pid)).digest('hex').slice(0, 6)})`
  return { ...guide, title, query: misspelt(longest(guide.title)), zip: zipOf(guide.html, title) }
}
