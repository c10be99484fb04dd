import { useState } from 'react'
import { ArrowRight, PackageOpen } from 'lucide-react'
import { Link, useNavigate } from 'react-router'
import { useCategories, useShelf } from '../api/queries'
import { useText } from '../i18n/useText'
import { ButtonLink } from '../ui/Button'
import { Bookshelf } from '../ui/Cover'
import { CardBone, NanoCard } from '../ui/NanoCard'
import { SearchField } from '../ui/SearchField'
import { Bone, Empty, Failure, Loading } from '../ui/States'

const SHELF = 8
const GRID = 'mt-5 grid grid-cols-1 gap-x-6 gap-y-6 sm:gap-y-9 sm:grid-cols-[repeat(auto-fill,minmax(15rem,1fr))]'

function CategoryChips() {
  const { t, category, number } = useText()
  const { data, isPending } = useCategories()
  if (isPending)
    return (
      <Loading className="mt-6 flex flex-wrap gap-2">
        {[1, 2, 3, 4, 5].map((chip) => (
          <Bone key={chip} className="h-9 w-32" />
        ))}
      </Loading>
    )
  const filled = data?.filter(({ count }) => count !== 0) ?? []
  if (filled.length === 0) return null
  return (
    <nav aria-label={t('home.categories')} className="mt-6 max-w-3xl">
      <ul className="flex flex-wrap gap-2">
        {filled.map((entry) => (
          <li key={entry.slug}>
            <Link
              to={`/suche?category=${encodeURIComponent(entry.slug)}`}
              className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-raised px-3.5 text-sm text-text no-underline transition-colors duration-150 hover:border-accent hover:text-accent-strong"
            >
              {category(entry)}
              {entry.count !== undefined && <span className="text-muted tabular-nums">{number(entry.count)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Shelf({ sort, title }: { sort: string; title: string }) {
  const { t } = useText()
  const { data, error, isPending, refetch } = useShelf(sort, SHELF)
  return (
    <section className="mt-14" aria-labelledby={`shelf-${sort}`}>
      <div className="flex items-baseline justify-between gap-4">
        <h2 id={`shelf-${sort}`} className="text-xl">
          {title}
        </h2>
        {data && data.meta.total > SHELF && (
          <Link to={`/suche?sort=${sort}`} className="inline-flex min-h-7 shrink-0 items-center gap-1 font-semibold text-accent no-underline hover:underline">
            {t('home.all')}
            <span className="sr-only">: {title}</span>
            <ArrowRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
      {isPending && (
        <Loading className={GRID}>
          {[1, 2, 3, 4].map((card) => (
            <CardBone key={card} />
          ))}
        </Loading>
      )}
      {error && (
        <div className="mt-5">
          <Failure error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data && data.data.length > 0 && (
        <ul className={GRID}>
          {data.data.map((nano) => (
            <li key={nano.id}>
              <NanoCard nano={nano} />
            </li>
          ))}
        </ul>
      )}
      {data?.data.length === 0 && (
        <div className="mt-5">
          <Empty icon={<PackageOpen aria-hidden />} title={t('home.emptyTitle')}>
            <p>{t('home.empty')}</p>
          </Empty>
        </div>
      )}
    </section>
  )
}

/** Search first, then categories, two shelves and a line for creators. */
export default function HomePage() {
  const { t } = useText()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const best = useShelf('best', SHELF)
  const rated = best.data?.data.some(({ rating }) => rating.count > 0) ?? false
  return (
    <>
      <title>{t('home.title')}</title>
      <section className="border-b border-line bg-surface">
        <div className="relative mx-auto max-w-7xl px-4 py-10 sm:px-6 sm:py-16 lg:px-8">
          <Bookshelf className="pointer-events-none absolute right-8 bottom-0 hidden w-[26rem] xl:block" />
          <h1 className="max-w-[22ch] text-3xl leading-tight sm:text-4xl">{t('home.question')}</h1>
          <p className="mt-3 max-w-measure text-muted">{t('home.value')}</p>
          <div className="mt-7 max-w-3xl">
            <SearchField large value={query} onChange={setQuery} onSubmit={(text) => void navigate(text.trim() ? `/suche?q=${encodeURIComponent(text.trim())}` : '/suche')} />
          </div>
          <CategoryChips />
        </div>
      </section>
      <div className="mx-auto w-full max-w-7xl px-4 pb-16 sm:px-6 lg:px-8">
        <Shelf sort="newest" title={t('home.newest')} />
        {best.data && best.data.data.length > 0 && (rated ? <Shelf sort="best" title={t('home.best')} /> : <Shelf sort="shortest" title={t('home.shortest')} />)}
        <section className="mt-16 flex flex-wrap items-center justify-between gap-x-8 gap-y-4 border-t border-line pt-8">
          <p className="max-w-measure">
            <strong className="font-semibold">{t('home.creatorsTitle')}</strong> {t('home.creators')}
          </p>
          <ButtonLink to="/hochladen">{t('home.creatorsAction')}</ButtonLink>
        </section>
      </div>
    </>
  )
}
