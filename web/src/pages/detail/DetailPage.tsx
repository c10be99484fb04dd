import { lazy, Suspense, type ReactNode } from 'react'
import { ApiFailure } from '../../api/client'
import { useFiles, useNano, useRelated, useSession } from '../../api/queries'
import type { Nano } from '../../api/types'
import { useText } from '../../i18n/useText'
import { Link, Navigate, useParams } from 'react-router'
import { Cover } from '../../ui/Cover'
import { FileTree } from '../../ui/FileTree'
import { NanoCard } from '../../ui/NanoCard'
import { Preview } from '../../ui/Preview'
import { RatingMark } from '../../ui/Stars'
import { StatusChip } from '../../ui/StatusChip'
import { Bone, Failure, Loading, Notice } from '../../ui/States'
import NotFoundPage from '../NotFoundPage'
import { Appeal } from './Appeal'
import { DownloadButton } from './DownloadButton'
import { FactList } from './Facts'
import { jsonLd } from './jsonLd'
import { LicenceBox } from './LicenceBox'
import { Ratings } from './Ratings'

/** The published version, or the newest one of a nano that is not published. */
const shownVersion = (nano: Nano): string | null => nano.version ?? nano.versions[0]?.version ?? null

const Prose = lazy(() => import('../../ui/Prose'))

function Head({ nano }: { nano: Nano }) {
  const { t, category } = useText()
  const first = nano.categories[0]
  return (
    <header className="grid grid-cols-1 items-start gap-x-10 gap-y-6 sm:grid-cols-[minmax(0,1fr)_15rem] lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        <nav aria-label={t('detail.place')} className="text-sm">
          <Link to="/suche" className="inline-flex min-h-6 items-center text-muted underline-offset-4 hover:underline">
            {t('nav.search')}
          </Link>
          {first && (
            <>
              <span aria-hidden className="px-2 text-muted">
                /
              </span>
              <Link to={`/suche?category=${encodeURIComponent(first.slug)}`} className="inline-flex min-h-6 items-center text-muted underline-offset-4 hover:underline">
                {category(first)}
              </Link>
            </>
          )}
        </nav>
        <h1 className="mt-2 max-w-[38ch] text-2xl leading-tight sm:text-3xl" lang={nano.language}>
          {nano.title}
        </h1>
        <p className="mt-4 max-w-measure text-lg leading-relaxed text-muted" lang={nano.language}>
          {nano.description}
        </p>
        <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <RatingMark rating={nano.rating} always />
          {nano.status !== 'published' && <StatusChip status={nano.status} />}
        </p>
        {nano.tags.length > 0 && (
          <ul aria-label={t('detail.tags')} className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-sm">
            {nano.tags.map((tag) => (
              <li key={tag}>
                <Link to={`/suche?q=${encodeURIComponent(tag)}`} className="inline-flex min-h-6 items-center text-muted underline decoration-line underline-offset-4 hover:decoration-current" lang={nano.language}>
                  {tag}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Cover id={nano.id} category={first?.slug} className="hidden aspect-video w-full rounded sm:block" />
    </header>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-10 first:mt-0">
      <h2 className="mb-3 text-xl">{title}</h2>
      {children}
    </section>
  )
}

function About({ nano }: { nano: Nano }) {
  const { t } = useText()
  return (
    <>
      {nano.objectives.length > 0 && (
        <Section title={t('detail.objectives')}>
          <ul className="prose list-disc pl-5" lang={nano.language}>
            {nano.objectives.map((objective) => (
              <li key={objective}>{objective}</li>
            ))}
          </ul>
        </Section>
      )}
      {nano.details_md && (
        <Section title={t('detail.details')}>
          <Suspense fallback={<Bone className="h-24" />}>
            <Prose markdown={nano.details_md} lang={nano.language} />
          </Suspense>
        </Section>
      )}
      {(nano.target_group ?? nano.prerequisites) && (
        <Section title={t('detail.fit')}>
          <dl className="grid max-w-measure gap-4 sm:grid-cols-2">
            {nano.target_group && (
              <div>
                <dt className="text-sm text-muted">{t('detail.targetGroup')}</dt>
                <dd lang={nano.language}>{nano.target_group}</dd>
              </div>
            )}
            {nano.prerequisites && (
              <div>
                <dt className="text-sm text-muted">{t('detail.prerequisites')}</dt>
                <dd lang={nano.language}>{nano.prerequisites}</dd>
              </div>
            )}
          </dl>
        </Section>
      )}
    </>
  )
}

function Versions({ nano }: { nano: Nano }) {
  const { t, bytes, date } = useText()
  const { data: files } = useFiles(nano.id, shownVersion(nano))
  return (
    <>
      <details className="border-t border-line py-3" open={nano.versions.length > 1}>
        <summary className="min-h-7 font-semibold">{t('detail.versions')}</summary>
        <ul className="mt-2 space-y-2 text-sm">
          {nano.versions.map((version) => (
            <li key={version.version}>
              <span className="font-semibold tabular-nums">{version.version}</span>{' '}
              <span className="text-muted">
                {date(version.created_at)} · {bytes(version.size)}
              </span>
              {version.changelog && <span className="block text-muted">{version.changelog}</span>}
            </li>
          ))}
        </ul>
      </details>
      {files && files.length > 0 && (
        <details className="border-t border-line py-3">
          <summary className="min-h-7 font-semibold">
            {t('detail.files')} <span className="font-normal text-muted">({t('files.count', { count: files.length })})</span>
          </summary>
          <div className="mt-2">
            <FileTree files={files} />
          </div>
        </details>
      )}
    </>
  )
}

function Related({ nano }: { nano: Nano }) {
  const { t } = useText()
  const { data } = useRelated(nano.id)
  if (!data || data.length === 0) return null
  return (
    <section className="mt-14 border-t border-line pt-10" aria-labelledby="related">
      <h2 id="related" className="text-xl">
        {t('detail.related')}
      </h2>
      <ul className="mt-5 grid gap-6 sm:grid-cols-[repeat(auto-fill,minmax(15rem,1fr))]">
        {data.slice(0, 4).map((other) => (
          <li key={other.id}>
            <NanoCard nano={other} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Skeleton() {
  return (
    <Loading className="mx-auto w-full max-w-7xl space-y-5 px-4 py-10 sm:px-6 lg:px-8">
      <Bone className="h-5 w-40" />
      <Bone className="h-10 w-2/3" />
      <Bone className="h-6 w-1/2" />
      <Bone className="h-96 w-full" />
    </Loading>
  )
}

/** One nano: preview and text left, a sticky panel right, ratings and related below. */
export default function DetailPage() {
  const { slug = '' } = useParams()
  const { t } = useText()
  const session = useSession()
  const { data: nano, error, isPending, refetch } = useNano(slug)
  if (isPending) return <Skeleton />
  if (error instanceof ApiFailure && error.status === 404) return <NotFoundPage />
  if (error)
    return (
      <div className="mx-auto w-full max-w-3xl px-4 py-10">
        <Failure error={error} onRetry={() => void refetch()} />
      </div>
    )
  if (nano.slug !== slug) return <Navigate to={`/nano/${nano.slug}`} replace />
  const own = session?.user.username === nano.creator.username
  return (
    <article className="mx-auto w-full max-w-7xl px-4 py-8 sm:px-6 sm:py-10 lg:px-8">
      <title>{`${nano.title} · Nanos`}</title>
      {nano.description && <meta name="description" content={nano.description} />}
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd(nano, window.location.href) }} />
      {own && nano.review_reason && nano.status !== 'published' && (
        <div className="mb-6 space-y-4">
          <Notice tone="warm" title={t('mine.reason')}>
            {nano.review_reason}
          </Notice>
          {nano.status === 'taken_down' && <Appeal nanoId={nano.id} />}
        </div>
      )}
      <Head nano={nano} />
      <div className="mt-6 lg:hidden">
        <DownloadButton nano={nano} />
      </div>
      <div className="mt-8 grid grid-cols-1 gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <Section title={t('preview.title')}>
            <Preview key={session?.user.id ?? 'guest'} id={nano.id} version={shownVersion(nano)} title={nano.title} />
          </Section>
          <About nano={nano} />
        </div>
        <aside aria-label={t('detail.panel')} className="min-w-0">
          <div className="rounded border border-line bg-raised p-5 lg:sticky lg:top-6">
            <div className="mb-3 hidden lg:block">
              <DownloadButton nano={nano} />
            </div>
            <FactList nano={nano} />
            <div className="border-t border-line py-4">
              <LicenceBox nano={nano} />
            </div>
            <Versions nano={nano} />
          </div>
        </aside>
      </div>
      {nano.status === 'published' && <Ratings nano={nano} />}
      {nano.status === 'published' && <Related nano={nano} />}
    </article>
  )
}
