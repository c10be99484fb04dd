import { ApiFailure, api, call } from '../api/client'
import type { UploadInfo } from '../api/types'

/** How far a transfer is; `left` is the time still needed in seconds, once it can be told. */
export interface Progress {
  sent: number
  total: number
  left: number | null
  waiting: boolean
}

/** The three requests of a resumable upload. */
export interface Wire {
  create: (length: number, filename: string, sha256: string) => Promise<UploadInfo>
  offset: (id: string) => Promise<number>
  append: (id: string, offset: number, part: Blob, signal: AbortSignal) => Promise<number>
}

export const wire: Wire = {
  create: async (length, filename, sha256) => (await api.post<UploadInfo>('uploads', { length, filename, sha256 })).data,
  offset: async (id) => offsetOf(await call('HEAD', `uploads/${id}`)),
  append: async (id, offset, part, signal) =>
    offsetOf(
      await call('PATCH', `uploads/${id}`, {
        body: part,
        headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
        signal,
      }),
    ),
}

function offsetOf(response: Response): number {
  const offset = Number.parseInt(response.headers.get('Upload-Offset') ?? '', 10)
  if (Number.isNaN(offset)) throw new ApiFailure(response.status, 'INTERNAL', 'no Upload-Offset')
  return offset
}

const SMALLEST = 256 * 1024
const LARGEST = 8 * 1024 * 1024
const PART_SECONDS = 1.5
const TRIES = 8

/** The size of the next part: what the line carries in about a second and a half. */
export function nextPart(bytesPerSecond: number | null): number {
  if (bytesPerSecond === null) return SMALLEST
  return Math.min(LARGEST, Math.max(SMALLEST, Math.round(bytesPerSecond * PART_SECONDS)))
}

/** Whether waiting and asking the server where it stopped can help. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiFailure && (error.status === 0 || error.status >= 500 || error.status === 409 || error.status === 429)
}

export type Pause = (seconds: number, signal: AbortSignal) => Promise<void>

/** Waits, but no longer than until the network is back. */
export const pause: Pause = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const wake = () => {
      clearTimeout(timer)
      window.removeEventListener('online', wake)
      resolve()
    }
    const timer = setTimeout(wake, seconds * 1000)
    window.addEventListener('online', wake)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      window.removeEventListener('online', wake)
      reject(new DOMException('aborted', 'AbortError'))
    })
  })

interface Transfer {
  file: Blob
  id: string
  wire: Wire
  signal: AbortSignal
  onProgress: (progress: Progress) => void
  pause: Pause
  now?: () => number
}

/**
 * Sends what the server does not have yet, part by part. A break is waited out: the server is asked
 * how far it came, and only the rest is sent. Gives up after several breaks without a byte between.
 */
export async function transfer({ file, id, wire, signal, onProgress, pause, now = () => performance.now() }: Transfer): Promise<void> {
  let offset: number | null = null
  let rate: number | null = null
  let broken = 0
  const tell = (sent: number, waiting: boolean) =>
    onProgress({ sent, total: file.size, waiting, left: rate === null ? null : (file.size - sent) / rate })
  for (;;) {
    try {
      offset ??= await wire.offset(id)
      tell(offset, false)
      if (offset >= file.size) return
      const size = nextPart(rate)
      const started = now()
      const reached = await wire.append(id, offset, file.slice(offset, offset + size), signal)
      const measured = ((reached - offset) / Math.max(1, now() - started)) * 1000
      rate = rate === null ? measured : rate * 0.7 + measured * 0.3
      if (reached > offset) broken = 0
      offset = reached
    } catch (error) {
      if (signal.aborted || !isPassing(error) || ++broken > TRIES) throw error
      tell(offset ?? 0, true)
      await pause(error instanceof ApiFailure && error.retryAfter !== null ? error.retryAfter : Math.min(30, 2 ** (broken - 1)), signal)
      offset = null
    }
  }
}
