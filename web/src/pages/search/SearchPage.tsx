import { useEffect, useRef, useState } from 'react'
import { SearchX, SlidersHorizontal, X } from 'lucide-react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useSearch } from '../../api/queries'
import { useText } from '../../i18n/useText'
import { Button } from '../../ui/Button'
import { NanoRow, RowBone } from '../../ui/NanoCard'
import { Page } from '../../ui/Page'
import { Pager } from '../../ui/Pager'
import { SearchField } from '../../ui/SearchField'
import { Sheet } from '../../ui/Sheet'
import { Empty, Failure, Loading } from '../../ui/States'
import { Facets } from './Facets'
import { FACETS, hasChoices, readState, SORTS, toggle, toQuery, withoutChoices, writeState, type SearchState } from './state'
import { useFacetWords } from './words'

const DEBOUNCE = 300

/** The text in the box: goes to the address 300 ms after the last key. */
function useTypedQuery(state: SearchState, go: (next: SearchState, replace?: boolean) => void) {
  const [typed, setTyped] = useState(state.q)
  const [seen, setSeen] = useState(state.q)
  const timer = useRef<number>(undefined)
  if (seen !== state.q) {
    setSeen(state.q)
    setTyped(state.q)
  }
  useEffect(() => () => window.clearTimeout(timer.current), [state.q])
  return {
    typed,
    type: (text: string) => {
      setTyped(text)
      window.clearTimeout(timer.current)
      timer.current = window.setTimeout(() => go({ ...state, q: text, page: 1 }, true), DEBOUNCE)
    },
    submit: (text: string) => {
      window.clearTimeout(timer.current)
      go({ ...state, q: text, page: 1 })
    },
  }
}

function Chips({ state, go }: { state: SearchState; go: (next: SearchState) => void }) {
  const { t } = useText()
  const words = useFacetWords()
  if (!hasChoices(state)) return null
  const chips = FACETS.flatMap((facet) =>
    state.chosen[facet].map((value) => ({ key: `${facet}:${value}`, label: words.value(facet, value), next: toggle(state, facet, value) })),
  )
  if (state.duration) chips.push({ key: 'duration', label: t(`duration.${state.duration}`), next: { ...state, duration: null, page: 1 } })
  return (
    <ul aria-label={t('search.chosen')} className="mt-4 flex flex-wrap gap-2">
      {chips.map(({ key, label, next }) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => go(next)}
            aria-label={t('search.removeChoice', { choice: label })}
            className="inline-flex min-h-8 items-center gap-1.5 rounded-full bg-accent-soft py-0.5 pr-2 pl-3 text-sm font-semibold text-accent-strong hover:underline"
          >
            {label}
            <X aria-hidden className="size-4" />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <button type="button" onClick={() => go(withoutChoices(state))} className="min-h-8 px-2 text-sm font-semibold text-accent underline underline-offset-4">
            {t('search.removeAll')}
          </button>
        </li>
      )}
    </ul>
  )
}

function Results({ state, go }: { state: SearchState; go: (next: SearchState) => void }) {
  const { t } = useText()
  const { data, error, isPending, isPlaceholderData, refetch } = useSearch(toQuery(state))
  if (isPending)
    return (
      <Loading className="divide-y divide-line">
        {[1, 2, 3, 4].map((row) => (
          <RowBone key={row} />
        ))}
      </Loading>
    )
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (data.data.length === 0)
    return (
      <Empty icon={<SearchX aria-hidden />} title={state.q ? t('search.emptyTitle', { query: state.q }) : t('search.emptyTitleAll')}>
        <p>{t(hasChoices(state) ? 'search.emptyChoices' : 'search.empty')}</p>
        <p className="mt-4 flex flex-wrap gap-3">
          {hasChoices(state) && <Button onClick={() => go(withoutChoices(state))}>{t('search.removeAll')}</Button>}
          <Button onClick={() => go({ ...withoutChoices(state), q: '', sort: 'relevance' })}>{t('search.showAll')}</Button>
        </p>
      </Empty>
    )
  return (
    <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60 transition-opacity delay-300 duration-150' : ''}>
      <ol className="divide-y divide-line">
        {data.data.map((nano) => (
          <li key={nano.id}>
            <NanoRow nano={nano} />
          </li>
        ))}
      </ol>
      <Pager page={data.meta.page} last={data.meta.total_pages} to={(page) => writeState({ ...state, page }) || '?'} />
    </div>
  )
}

function Summary({ state }: { state: SearchState }) {
  const { t } = useText()
  const { data } = useSearch(toQuery(state))
  const corrected = data?.meta.corrected_query
  return (
    <div aria-live="polite" className="min-h-7">
      {data && (
        <p className="text-muted">
          {state.q ? t('search.countFor', { count: data.meta.total, query: corrected ?? state.q }) : t('search.count', { count: data.meta.total })}
        </p>
      )}
      {corrected && corrected.toLowerCase() !== state.q.trim().toLowerCase() && (
        <p className="mt-1">
          {t('search.corrected', { query: state.q })}{' '}
          <Link to={writeState({ ...state, q: corrected, page: 1 })} className="font-semibold text-accent underline underline-offset-4">
            {corrected}
          </Link>
        </p>
      )}
    </div>
  )
}

/** Search: facets left (a sheet on phones), results right; the address holds all state. */
export default function SearchPage() {
  const { t } = useText()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const state = readState(params)
  const [sheet, setSheet] = useState(false)
  const go = (next: SearchState, replace = false) => void navigate({ pathname: '/suche', search: writeState(next) }, { replace, preventScrollReset: true, flushSync: true })
  const { typed, type, submit } = useTypedQuery(state, go)
  const { data } = useSearch(toQuery(state))
  return (
    <Page title={state.q ? t('search.titleFor', { query: state.q }) : t('search.title')} wide>
      <h1 className="text-2xl sm:text-3xl">{t('search.title')}</h1>
      <div className="mt-5 max-w-3xl">
        <SearchField value={typed} onChange={type} onSubmit={submit} />
      </div>
      <Chips state={state} go={go} />
      <div className="mt-6 grid grid-cols-1 gap-x-10 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <aside aria-label={t('search.facets')} className="hidden lg:block">
          <Facets state={state} go={go} facets={data?.meta.facets} />
        </aside>
        <div className="min-w-0">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b border-line pb-4">
            <Summary state={state} />
            <div className="flex flex-wrap items-center gap-3">
              <Button small className="lg:hidden" aria-haspopup="dialog" onClick={() => setSheet(true)}>
                <SlidersHorizontal aria-hidden className="size-4" />
                {t('search.facets')}
              </Button>
              <label className="flex items-center gap-2 text-sm text-muted">
                {t('search.sort')}
                <select
                  className="control min-h-9 w-auto py-1 text-sm"
                  value={state.sort}
                  onChange={(event) => go({ ...state, page: 1, sort: event.target.value as SearchState['sort'] })}
                >
                  {SORTS.map((sort) => (
                    <option key={sort} value={sort}>
                      {t(`sort.${sort}`)}
                    </option>
                  ))}
                </select>
              </label>
            </div>
          </div>
          <Results state={state} go={go} />
        </div>
      </div>
      <Sheet open={sheet} onClose={() => setSheet(false)} title={t('search.facets')} side>
        <Facets state={state} go={go} facets={data?.meta.facets} />
        <Button look="primary" className="sticky bottom-4 mt-6 w-full" onClick={() => setSheet(false)}>
          {t('search.show', { count: data?.meta.total ?? 0 })}
        </Button>
      </Sheet>
    </Page>
  )
}
