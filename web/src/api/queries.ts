import { keepPreviousData, QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiFailure, api, mayHaveSession, onSignedOut, rememberSession } from './client'
import type {
  Category,
  FileEntry,
  Hit,
  Nano,
  NanoItem,
  OwnNano,
  PageMeta,
  Rating,
  RatingsMeta,
  Report,
  ReviewCase,
  SearchMeta,
  Session,
  TakeDown,
  Ticket,
} from './types'

const FINAL = 500

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && (!(error instanceof ApiFailure) || error.status === 0 || error.status >= FINAL),
      retryDelay: (attempt) => 300 * 2 ** attempt,
    },
  },
})

export const keys = {
  session: ['session'] as const,
  categories: ['categories'] as const,
  nanos: ['nanos'] as const,
  nano: (id: string) => ['nano', id] as const,
  ratings: (id: string) => ['ratings', id] as const,
  mine: ['mine'] as const,
  queue: ['queue'] as const,
  takeDown: (nanoId: string) => ['take-down', nanoId] as const,
}

/** Who is signed in: undefined while unknown, null for a guest. */
export function useSession(): Session | null | undefined {
  const client = useQueryClient()
  useEffect(() => onSignedOut(() => client.setQueryData(keys.session, null)), [client])
  return useQuery({
    queryKey: keys.session,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      if (!mayHaveSession()) return null
      try {
        const { data } = await api.get<Session>('auth/me')
        rememberSession(data)
        return data
      } catch (error) {
        if (error instanceof ApiFailure && error.status === 401) return null
        throw error
      }
    },
  }).data
}

/** Takes over a new session, or the end of one, everywhere. */
export async function changeSession(session: Session | null): Promise<void> {
  rememberSession(session)
  queries.setQueryData(keys.session, session)
  await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] && queryKey[0] !== keys.categories[0] })
}

export function useCategories() {
  return useQuery({
    queryKey: keys.categories,
    staleTime: 300_000,
    queryFn: async ({ signal }) => (await api.get<Category[]>('categories', { signal })).data,
  })
}

export function useShelf(sort: string, limit: number) {
  return useQuery({
    queryKey: [...keys.nanos, sort, limit],
    queryFn: ({ signal }) => api.get<NanoItem[], PageMeta>('nanos', { query: { sort, limit }, signal }),
  })
}

export function useSearch(query: Record<string, string | number | readonly string[] | undefined>) {
  return useQuery({
    queryKey: ['search', query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<Hit[], SearchMeta>('search', { query, signal }),
  })
}

export function useSuggestions(text: string) {
  return useQuery({
    queryKey: ['suggest', text],
    enabled: text.trim().length >= 2,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await api.get<string[]>('search/suggest', { query: { q: text }, signal })).data,
  })
}

export function useNano(id: string) {
  return useQuery({
    queryKey: keys.nano(id),
    queryFn: async ({ signal }) => (await api.get<Nano>(`nanos/${encodeURIComponent(id)}`, { signal })).data,
  })
}

export function useRelated(id: string | undefined) {
  return useQuery({
    queryKey: ['related', id],
    enabled: id !== undefined,
    queryFn: async ({ signal }) => (await api.get<NanoItem[]>(`nanos/${id ?? ''}/related`, { signal })).data,
  })
}

export function useRatings(id: string) {
  return useQuery({
    queryKey: keys.ratings(id),
    queryFn: ({ signal }) => api.get<Rating[], RatingsMeta>(`nanos/${id}/ratings`, { query: { limit: 50 }, signal }),
  })
}

export function useFiles(id: string, version: string | null | undefined) {
  return useQuery({
    queryKey: ['files', id, version],
    enabled: Boolean(version),
    queryFn: async ({ signal }) => (await api.get<FileEntry[]>(`nanos/${id}/versions/${version ?? ''}/files`, { signal })).data,
  })
}

export function useValidation(id: string, version: string | null | undefined) {
  return useQuery({
    queryKey: ['validation', id, version],
    enabled: Boolean(version),
    queryFn: async ({ signal }) => (await api.get<Report>(`nanos/${id}/versions/${version ?? ''}/validation`, { signal })).data,
  })
}

/** A ticket that ends this soon is not worth opening a page with. */
const TICKET_MARGIN = 60_000

/** Permission to look into a package; guests share theirs, so that it may end sooner than ten minutes. */
export function useTicket(id: string, version: string | null | undefined, wanted: boolean) {
  return useQuery({
    queryKey: ['ticket', id, version],
    enabled: wanted && Boolean(version),
    staleTime: ({ state }) => (state.data ? Date.parse(state.data.expires_at) - state.dataUpdatedAt - TICKET_MARGIN : 0),
    gcTime: 4 * 60_000,
    retry: false,
    queryFn: async () => (await api.post<Ticket>(`nanos/${id}/versions/${version ?? ''}/preview-ticket`)).data,
  })
}

/** The last take-down of one's own nano. */
export function useTakeDown(nanoId: string) {
  return useQuery({
    queryKey: keys.takeDown(nanoId),
    queryFn: async ({ signal }) => (await api.get<TakeDown[]>('decisions', { query: { nano_id: nanoId, limit: 1 }, signal })).data[0] ?? null,
  })
}

export function useMine() {
  return useQuery({
    queryKey: keys.mine,
    queryFn: ({ signal }) => api.get<OwnNano[], PageMeta>('nanos/mine', { query: { limit: 100 }, signal }),
  })
}

export function useQueue(status: string) {
  return useQuery({
    queryKey: [...keys.queue, status],
    queryFn: ({ signal }) => api.get<ReviewCase[], PageMeta>('moderation/queue', { query: { status, limit: 100 }, signal }),
  })
}
