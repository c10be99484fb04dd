// Fails when the JavaScript of a first load (the entry and what it imports at once) is too heavy.
import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 180 * 1000
const out = new URL('../target/classes/web/', import.meta.url).pathname
const manifestFile = `${out}.vite/manifest.json`
if (!existsSync(manifestFile)) {
  console.error('budget: build first (npm run build)')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))

/** The files loaded at once for a key of the manifest: itself and its static imports. */
function loadedAtOnce(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const imported of manifest[key].imports ?? []) loadedAtOnce(imported, seen)
  return seen
}

const weight = (keys) =>
  [...keys].reduce((sum, key) => sum + gzipSync(readFileSync(out + manifest[key].file), { level: 9 }).length, 0)

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const shell = loadedAtOnce(entry)
let failed = false
for (const page of [null, ...(manifest[entry].dynamicImports ?? [])]) {
  const bytes = weight(page ? loadedAtOnce(page, new Set(shell)) : shell)
  const verdict = bytes > LIMIT ? 'TOO HEAVY' : 'ok'
  failed ||= bytes > LIMIT
  console.log(`budget: ${(bytes / 1000).toFixed(1).padStart(6)} of ${LIMIT / 1000} kB gzip  ${verdict}  ${page ?? 'shell'}`)
}
process.exit(failed ? 1 : 0)
