import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** Hashes a file piece by piece, off the page's thread. */
self.addEventListener('message', (event: MessageEvent<File>) => {
  hash(event.data).catch((error: unknown) => self.postMessage({ error: String(error) }))
})

async function hash(file: File): Promise<void> {
  const digest = sha256.create()
  const reader = file.stream().getReader()
  let read = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    digest.update(part.value)
    read += part.value.length
    self.postMessage({ read })
  }
  self.postMessage({ sha256: bytesToHex(digest.digest()) })
}
