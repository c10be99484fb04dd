import type { Answer, Session } from './types'

/** One field's complaint inside a VALIDATION_ERROR. */
export interface Detail {
  field?: string
  code?: string
  message?: string
}

/** An answer that is not a success; `code` is stable, NETWORK means that no answer came at all. */
export class ApiFailure extends Error {
  readonly status: number
  readonly code: string
  readonly details: Detail[]
  readonly retryAfter: number | null

  constructor(status: number, code: string, message: string, details: Detail[] = [], retryAfter: number | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.retryAfter = retryAfter
  }
}

export interface CallOptions {
  query?: Record<string, string | number | readonly string[] | undefined | null>
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
}

const BASE = '/api/v1/'
const HINT = 'nanos.session'
const SAFE = new Set(['GET', 'HEAD'])

let csrfToken: string | null = null
let language = 'de'
let refreshing: Promise<boolean> | null = null
const leavers = new Set<() => void>()

export function speak(code: string): void {
  language = code
}

/** Called when a session that was there is over. */
export function onSignedOut(listener: () => void): () => void {
  leavers.add(listener)
  return () => leavers.delete(listener)
}

export function rememberSession(session: Session | null): void {
  csrfToken = session?.csrf_token ?? null
  if (session) localStorage.setItem(HINT, '1')
  else localStorage.removeItem(HINT)
}

/** Whether this browser signed in before, so that asking for `me` is worth a request. */
export function mayHaveSession(): boolean {
  return localStorage.getItem(HINT) !== null
}

function address(path: string, query: CallOptions['query']): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue
    for (const one of typeof value === 'object' ? value : [value]) search.append(key, String(one))
  }
  const text = search.toString()
  return BASE + path + (text ? `?${text}` : '')
}

async function send(method: string, path: string, options: CallOptions): Promise<Response> {
  const headers = new Headers(options.headers)
  headers.set('Accept-Language', language)
  let body: BodyInit | null = null
  if (options.body instanceof Blob) body = options.body
  else if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json')
    body = JSON.stringify(options.body)
  }
  if (!SAFE.has(method) && csrfToken) headers.set('X-CSRF-Token', csrfToken)
  try {
    return await fetch(address(path, options.query), {
      method,
      headers,
      body,
      signal: options.signal ?? null,
      credentials: 'same-origin',
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new ApiFailure(0, 'NETWORK', String(cause))
  }
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  const retryAfter = Number.isNaN(wait) ? null : wait
  try {
    const { error } = (await response.json()) as { error: { code: string; message: string; details?: unknown } }
    const details = Array.isArray(error.details) ? (error.details as Detail[]) : []
    return new ApiFailure(response.status, error.code, error.message, details, retryAfter)
  } catch {
    return new ApiFailure(response.status, response.status >= 500 ? 'INTERNAL' : 'BAD_REQUEST', '', [], retryAfter)
  }
}

/**
 * Trades the refresh cookie for a new access cookie; calls that meet share one request. A refresh
 * token that is used twice ends the sign-in, so tabs take turns and look first whether another has
 * renewed it already. (Without a secure context there are no locks, and only this tab is guarded.)
 */
export function refresh(): Promise<boolean> {
  const { locks } = (globalThis as { navigator?: { locks?: LockManager } }).navigator ?? {}
  refreshing ??= (locks ? locks.request('nanos.session', renew) : renew()).finally(() => {
    refreshing = null
  })
  return refreshing
}

async function renew(): Promise<boolean> {
  if (await readSession('GET', 'auth/me')) return true
  const response = await send('POST', 'auth/refresh-token', {})
  if (response.status >= 500) throw await failureOf(response)
  if (!response.ok) {
    rememberSession(null)
    leavers.forEach((leave) => leave())
    return false
  }
  return adopt(response)
}

async function readSession(method: string, path: string): Promise<boolean> {
  const response = await send(method, path, {})
  return response.ok && adopt(response)
}

async function adopt(response: Response): Promise<boolean> {
  rememberSession(((await response.json()) as { data: Session }).data)
  return true
}

/** The raw answer to a call, after at most one silent refresh; throws ApiFailure unless it is a success. */
export async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
  let response = await send(method, path, options)
  if (!response.ok) {
    const failure = await failureOf(response)
    const expired = failure.status === 401 && mayHaveSession() && !path.startsWith('auth/login')
    const stale = failure.code === 'CSRF_FAILED'
    if (!(expired && (await refresh())) && !(stale && (await readSession('GET', 'auth/me')))) throw failure
    response = await send(method, path, options)
    if (!response.ok) throw await failureOf(response)
  }
  return response
}

async function answer<T, M>(method: string, path: string, options: CallOptions): Promise<Answer<T, M>> {
  const response = await call(method, path, options)
  if (response.status === 204) return { data: undefined as T, meta: undefined as M }
  const { data, meta } = (await response.json()) as Answer<T, M>
  return { data, meta }
}

export const api = {
  get: <T, M = unknown>(path: string, options: CallOptions = {}) => answer<T, M>('GET', path, options),
  post: <T>(path: string, body?: unknown, options: CallOptions = {}) => answer<T, unknown>('POST', path, { ...options, body }),
  patch: <T>(path: string, body: unknown, options: CallOptions = {}) => answer<T, unknown>('PATCH', path, { ...options, body }),
  remove: (path: string, options: CallOptions = {}) => answer<undefined, unknown>('DELETE', path, options),
}
