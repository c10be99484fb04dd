import { beforeEach, describe, expect, it, vi } from 'vitest'

const me = { user: { id: '1' }, csrf_token: 'fresh' }
const ok = (data: unknown) => Response.json({ success: true, data, meta: {} })
const no = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json({ success: false, error: { code, message: '', details: [] } }, { status, headers })

type Handler = (method: string, path: string, headers: Headers) => Response

async function freshClient(handle: Handler) {
  vi.resetModules()
  const store = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
    removeItem: (key: string) => store.delete(key),
  })
  const calls: string[] = []
  vi.stubGlobal('fetch', (url: string, init: { method: string; headers: Headers }) => {
    calls.push(`${init.method} ${url}`)
    return Promise.resolve(handle(init.method, url.replace('/api/v1/', ''), init.headers))
  })
  return { calls, client: await import('../../src/api/client') }
}

describe('the API client', () => {
  beforeEach(() => vi.unstubAllGlobals())

  it('renews an expired session once for calls that meet, and repeats them', async () => {
    let fresh = false
    const { calls, client } = await freshClient((_, path) => {
      if (path === 'auth/refresh-token') {
        fresh = true
        return ok(me)
      }
      return fresh ? ok(path) : no(401, 'TOKEN_EXPIRED')
    })
    client.rememberSession({ user: {} as never, csrf_token: 'old' })
    const answers = await Promise.all([client.api.get('a'), client.api.get('b'), client.api.get('c')])
    expect(answers.map(({ data }) => data)).toEqual(['a', 'b', 'c'])
    expect(calls.filter((line) => line.includes('refresh-token'))).toHaveLength(1)
  })

  it('uses what another tab has renewed instead of the token a second time', async () => {
    let looked = 0
    const { calls, client } = await freshClient((_, path) => {
      if (path === 'auth/me') {
        looked++
        return ok(me)
      }
      return looked > 0 ? ok(path) : no(401, 'TOKEN_EXPIRED')
    })
    client.rememberSession({ user: {} as never, csrf_token: 'old' })
    expect((await client.api.get('a')).data).toBe('a')
    expect(calls.filter((line) => line.includes('refresh-token'))).toHaveLength(0)
  })

  it('does not try to renew for a guest', async () => {
    const { calls, client } = await freshClient(() => no(401, 'UNAUTHORIZED'))
    await expect(client.api.get('a')).rejects.toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    expect(calls).toEqual(['GET /api/v1/a'])
  })

  it('tells when the session is over and forgets it', async () => {
    const { client } = await freshClient(() => no(401, 'UNAUTHORIZED'))
    const left = vi.fn()
    client.onSignedOut(left)
    client.rememberSession({ user: {} as never, csrf_token: 'old' })
    await expect(client.api.get('a')).rejects.toMatchObject({ status: 401 })
    expect(left).toHaveBeenCalledOnce()
    expect(client.mayHaveSession()).toBe(false)
  })

  it('sends the CSRF token on calls that change something, and only there', async () => {
    const sent: (string | null)[] = []
    const { client } = await freshClient((_, __, headers) => {
      sent.push(headers.get('X-CSRF-Token'))
      return ok({})
    })
    client.rememberSession({ user: {} as never, csrf_token: 'secret' })
    await client.api.get('a')
    await client.api.post('b', {})
    expect(sent).toEqual([null, 'secret'])
  })

  it('fetches a new CSRF token when another tab signed in again', async () => {
    const { client } = await freshClient((method, path, headers) => {
      if (path === 'auth/me') return ok(me)
      return method === 'POST' && headers.get('X-CSRF-Token') !== 'fresh' ? no(403, 'CSRF_FAILED') : ok('done')
    })
    client.rememberSession({ user: {} as never, csrf_token: 'old' })
    expect((await client.api.post('b', {})).data).toBe('done')
  })

  it('reads Retry-After and survives an answer that is no JSON', async () => {
    const { client } = await freshClient((_, path) => (path === 'a' ? no(429, 'RATE_LIMITED', { 'Retry-After': '30' }) : new Response('<html>', { status: 502 })))
    await expect(client.api.get('a')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 30 })
    await expect(client.api.get('b')).rejects.toMatchObject({ code: 'INTERNAL', status: 502 })
  })

  it('calls a missing network NETWORK, but leaves a cancelled call alone', async () => {
    const { client } = await freshClient(() => ok({}))
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    await expect(client.api.get('a')).rejects.toMatchObject({ code: 'NETWORK', status: 0 })
    await expect(client.api.get('a', { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(TypeError)
  })

  it('writes repeated parameters and leaves out what is empty', async () => {
    const { calls, client } = await freshClient(() => ok([]))
    await client.api.get('search', { query: { q: 'ä b', level: ['1', '2'], sort: undefined, license: [], page: 2 } })
    expect(calls).toEqual(['GET /api/v1/search?q=%C3%A4+b&level=1&level=2&page=2'])
  })
})
