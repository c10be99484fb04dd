import { beforeEach, describe, expect, it, vi } from 'vitest'
import { saveNano } from '../../src/pages/upload/save'
import { emptyDraft, type Creation, type Draft } from '../../src/upload/draft'

interface Sent {
  method: string
  path: string
  key: string | null
  match: string | null
  title: string
}

/** A server that knows keys, and whose answers may get lost. */
function server(lost: number) {
  const sent: Sent[] = []
  const made = new Map<string, string>()
  vi.stubGlobal('fetch', (url: string, init: { method: string; headers: Headers; body: string }) => {
    const { title } = JSON.parse(init.body) as { title: string }
    const call = { method: init.method, path: url.replace('/api/v1/', ''), key: init.headers.get('Idempotency-Key'), match: init.headers.get('If-Match'), title }
    sent.push(call)
    if (title === '') return Promise.resolve(Response.json({ success: false, error: { code: 'VALIDATION_ERROR', message: '', details: [] } }, { status: 422 }))
    const id = call.method === 'PATCH' ? call.path.replace('nanos/', '') : (made.get(call.key ?? '') ?? `nano-${made.size + 1}`)
    if (call.method === 'POST' && call.key) made.set(call.key, id)
    return sent.length <= lost ? Promise.reject(new TypeError('the line broke')) : Promise.resolve(Response.json({ success: true, data: { id, slug: id, row_version: call.method === 'PATCH' ? 2 : 1 } }))
  })
  return { sent, made }
}

const titled = (title: string): Draft => {
  const draft = emptyDraft('de')
  return { ...draft, values: { ...draft.values, title } }
}

describe('saving a new nano', () => {
  beforeEach(() => {
    vi.unstubAllGlobals()
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
  })

  it('repeats an attempt whose answer got lost under its key, so that there is one nano', async () => {
    const { sent, made } = server(1)
    let kept: Creation | null = null
    await expect(saveNano(titled('Knoten'), (creation) => (kept = creation))).rejects.toMatchObject({ code: 'NETWORK' })
    const nano = await saveNano({ ...titled('Knoten'), creation: kept }, () => undefined)
    expect(nano.id).toBe('nano-1')
    expect(made.size).toBe(1)
    expect(sent.map(({ key }) => key)).toEqual([sent[0]?.key, sent[0]?.key])
    expect(sent[0]?.key).toMatch(/^[0-9a-f]{32}$/)
  })

  it('changes the one there is when the form was edited meanwhile', async () => {
    const { sent, made } = server(1)
    let kept: Creation | null = null
    await expect(saveNano(titled('Knoten'), (creation) => (kept = creation))).rejects.toMatchObject({ code: 'NETWORK' })
    const nano = await saveNano({ ...titled('Knoten binden'), creation: kept }, () => undefined)
    expect(nano).toEqual({ id: 'nano-1', slug: 'nano-1', row_version: 2 })
    expect(made.size).toBe(1)
    expect(sent.map(({ method, title }) => `${method} ${title}`)).toEqual(['POST Knoten', 'POST Knoten', 'PATCH Knoten binden'])
    expect(sent[2]?.match).toBe('"1"')
  })

  it('begins anew when the first attempt was refused', async () => {
    const { sent, made } = server(0)
    let kept: Creation | null = null
    await expect(saveNano(titled(''), (creation) => (kept = creation))).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
    const nano = await saveNano({ ...titled('Knoten'), creation: kept }, () => undefined)
    expect(nano.id).toBe('nano-1')
    expect(made.size).toBe(1)
    expect(sent[2]?.key).not.toBe(sent[0]?.key)
  })
})
