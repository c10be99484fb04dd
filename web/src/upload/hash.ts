type Message = { read: number } | { sha256: string } | { error: string }

/** The SHA-256 of a file in hexadecimal; tells how many bytes are read. */
export function hashFile(file: File, onRead: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' })
    const end = (finish: () => void) => {
      worker.terminate()
      finish()
    }
    signal.addEventListener('abort', () => end(() => reject(new DOMException('aborted', 'AbortError'))))
    worker.addEventListener('error', (event) => end(() => reject(new Error(event.message))))
    worker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if ('read' in data) onRead(data.read)
      else if ('sha256' in data) end(() => resolve(data.sha256))
      else end(() => reject(new Error(data.error)))
    })
    worker.postMessage(file)
  })
}
