import { describe, expect, it, vi } from 'vitest'
import { ApiFailure } from '../../src/api/client'
import { nextPart, transfer, type Progress, type Wire } from '../../src/upload/transfer'

/** A server that keeps bytes and breaks when told to, before or after it kept a part. */
class Server implements Wire {
  kept: Uint8Array = new Uint8Array()
  asked = 0
  private readonly breaks: ('before' | 'after' | null)[]

  constructor(...breaks: ('before' | 'after' | null)[]) {
    this.breaks = breaks
  }

  create = () => Promise.reject(new Error('not asked for here'))

  offset = () => {
    this.asked++
    return Promise.resolve(this.kept.length)
  }

  append = async (_: string, offset: number, part: Blob) => {
    const fault = this.breaks.shift()
    if (fault === 'before') throw new ApiFailure(0, 'NETWORK', '')
    if (offset !== this.kept.length) throw new ApiFailure(409, 'CONFLICT', '')
    this.kept = Buffer.concat([this.kept, Buffer.from(await part.arrayBuffer())])
    if (fault === 'after') throw new ApiFailure(0, 'NETWORK', '')
    return this.kept.length
  }
}

const bytes = Uint8Array.from({ length: 700_000 }, (_, index) => (index * 31) % 251)

function send(server: Wire, onProgress: (progress: Progress) => void = () => undefined, signal = new AbortController().signal) {
  let clock = 0
  const pause = vi.fn(() => Promise.resolve())
  return { pause, done: transfer({ file: new Blob([bytes]), id: 'u', wire: server, signal, onProgress, pause, now: () => (clock += 1000) }) }
}

describe('a transfer', () => {
  it('arrives byte for byte', async () => {
    const server = new Server()
    await send(server).done
    expect(Buffer.compare(server.kept, bytes)).toBe(0)
  })

  it('goes on where the server stopped, also when the answer to a kept part was lost', async () => {
    const server = new Server('before', 'after', 'after', 'before')
    const { pause, done } = send(server)
    await done
    expect(Buffer.compare(server.kept, bytes)).toBe(0)
    expect(pause.mock.calls).toHaveLength(4)
    expect(server.asked).toBe(5)
  })

  it('takes up what an earlier visit had sent', async () => {
    const server = new Server()
    server.kept = bytes.slice(0, 300_000)
    const seen: number[] = []
    await send(server, ({ sent }) => seen.push(sent)).done
    expect(seen[0]).toBe(300_000)
    expect(Buffer.compare(server.kept, bytes)).toBe(0)
  })

  it('gives up after many breaks without a byte between', async () => {
    const server = new Server(...Array.from({ length: 20 }, () => 'before' as const))
    const { pause, done } = send(server)
    await expect(done).rejects.toMatchObject({ code: 'NETWORK' })
    expect(pause.mock.calls).toHaveLength(8)
  })

  it('does not repeat what can never work', async () => {
    const server = new Server()
    server.append = () => Promise.reject(new ApiFailure(413, 'PAYLOAD_TOO_LARGE', ''))
    const { pause, done } = send(server)
    await expect(done).rejects.toMatchObject({ status: 413 })
    expect(pause.mock.calls).toHaveLength(0)
  })

  it('tells how long it will take', async () => {
    const lefts: (number | null)[] = []
    await send(new Server(), ({ left }) => lefts.push(left)).done
    expect(lefts[0]).toBeNull()
    expect(lefts[1]).toBeGreaterThan(0)
    expect(lefts.at(-1)).toBe(0)
  })
})

describe('the size of a part', () => {
  it('follows the speed within bounds', () => {
    expect(nextPart(null)).toBe(262_144)
    expect(nextPart(10)).toBe(262_144)
    expect(nextPart(1_000_000)).toBe(1_500_000)
    expect(nextPart(1e9)).toBe(8_388_608)
  })
})
