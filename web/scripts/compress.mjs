// Puts a .gz and a .br beside every text asset, so that the server never compresses at run time.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const out = new URL('../target/classes/web/', import.meta.url).pathname
const text = /\.(html|js|css|svg|json|txt|webmanifest)$/

for (const entry of readdirSync(out, { recursive: true })) {
  if (!text.test(entry)) continue
  const file = join(out, entry)
  const bytes = readFileSync(file)
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  )
}
