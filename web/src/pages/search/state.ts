import type { FacetName } from '../../api/types'

export const FACETS: readonly FacetName[] = ['category', 'level', 'format', 'language', 'license']
export const SORTS = ['relevance', 'newest', 'best', 'shortest', 'title'] as const
export const DURATIONS = ['5', '15', '60', 'long'] as const
export const PER_PAGE = 20

/** Facets whose values are fixed; an address with others asks for nothing. */
const KNOWN: Partial<Record<FacetName, readonly string[]>> = { level: ['1', '2', '3'], format: ['text', 'video', 'audio', 'quiz', 'interactive'] }

export type Sort = (typeof SORTS)[number]
export type Duration = (typeof DURATIONS)[number]

/** Everything a search is; the address of the page holds all of it. */
export interface SearchState {
  q: string
  chosen: Record<FacetName, string[]>
  duration: Duration | null
  sort: Sort
  page: number
}

function oneOf<T extends string>(values: readonly T[], value: string | null): T | null {
  return values.find((candidate) => candidate === value) ?? null
}

export function readState(params: URLSearchParams): SearchState {
  const chosenOf = (facet: FacetName) => {
    const known = KNOWN[facet]
    return [...new Set((params.get(facet) ?? '').split(',').filter((value) => value && (!known || known.includes(value))))]
  }
  const page = Number.parseInt(params.get('page') ?? '1', 10)
  return {
    q: params.get('q') ?? '',
    chosen: Object.fromEntries(FACETS.map((facet) => [facet, chosenOf(facet)])) as Record<FacetName, string[]>,
    duration: oneOf(DURATIONS, params.get('duration')),
    sort: oneOf(SORTS, params.get('sort')) ?? 'relevance',
    page: Number.isFinite(page) && page > 0 ? page : 1,
  }
}

/** The shortest address that holds the state. */
export function writeState(state: SearchState): string {
  const params = new URLSearchParams()
  if (state.q) params.set('q', state.q)
  for (const facet of FACETS) if (state.chosen[facet].length > 0) params.set(facet, state.chosen[facet].join(','))
  if (state.duration) params.set('duration', state.duration)
  if (state.sort !== 'relevance') params.set('sort', state.sort)
  if (state.page > 1) params.set('page', String(state.page))
  const text = params.toString().replaceAll('%2C', ',')
  return text ? `?${text}` : ''
}

/** Chooses or drops one value; a changed choice starts at page 1. */
export function toggle(state: SearchState, facet: FacetName, value: string): SearchState {
  const values = state.chosen[facet]
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value]
  return { ...state, page: 1, chosen: { ...state.chosen, [facet]: next } }
}

export function hasChoices(state: SearchState): boolean {
  return state.duration !== null || FACETS.some((facet) => state.chosen[facet].length > 0)
}

export function withoutChoices(state: SearchState): SearchState {
  return { ...state, page: 1, duration: null, chosen: Object.fromEntries(FACETS.map((facet) => [facet, []])) as unknown as Record<FacetName, string[]> }
}

const RANGES: Record<Duration, { duration_min?: number; duration_max?: number }> = {
  '5': { duration_max: 5 },
  '15': { duration_min: 6, duration_max: 15 },
  '60': { duration_min: 16, duration_max: 60 },
  long: { duration_min: 61 },
}

/** The query the API is asked. */
export function toQuery(state: SearchState): Record<string, string | number | readonly string[] | undefined> {
  return {
    q: state.q.trim() || undefined,
    ...state.chosen,
    ...(state.duration ? RANGES[state.duration] : {}),
    sort: state.sort === 'relevance' ? undefined : state.sort,
    page: state.page,
    limit: PER_PAGE,
  }
}
