import { lazy, Suspense, useState } from 'react'
import { useNano, useValidation } from '../../api/queries'
import type { ReviewCase } from '../../api/types'
import { useText } from '../../i18n/useText'
import { Facts } from '../../ui/NanoCard'
import { Preview } from '../../ui/Preview'
import { ReportView } from '../../ui/ReportView'
import { Bone, Failure, Loading, Notice } from '../../ui/States'
import { cx } from '../../ui/cx'

const Prose = lazy(() => import('../../ui/Prose'))
const TABS = ['content', 'package', 'data'] as const
type Tab = (typeof TABS)[number]

function Data({ review }: { review: ReviewCase }) {
  const { t, category, list, tongue } = useText()
  const { data, error, refetch } = useNano(review.nano.id)
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Bone className="h-40" />
  const rows: [string, string | null][] = [
    [t('upload.description'), data.description],
    [t('upload.categories'), list(data.categories.map(category))],
    [t('detail.language'), tongue(data.language)],
    [t('detail.tags'), list(data.tags)],
    [t('detail.objectives'), list(data.objectives)],
    [t('detail.targetGroup'), data.target_group],
    [t('detail.prerequisites'), data.prerequisites],
    [t('licence.title'), data.licence],
    [t('upload.attribution'), data.attribution],
    [t('review.source'), data.source],
  ]
  return (
    <div className="space-y-6">
      <dl className="grid max-w-measure gap-x-6 gap-y-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-sm text-muted">{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {data.details_md && (
        <Suspense>
          <Prose markdown={data.details_md} lang={data.language} />
        </Suspense>
      )}
    </div>
  )
}

function Package({ review }: { review: ReviewCase }) {
  const { data, error, isPending, refetch } = useValidation(review.nano.id, review.version)
  if (isPending)
    return (
      <Loading>
        <Bone className="h-40" />
      </Loading>
    )
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return <ReportView report={data} />
}

/** What a reviewer looks at: the content, the package, what is said about it. */
export function CaseView({ review }: { review: ReviewCase }) {
  const { t, ago } = useText()
  const [tab, setTab] = useState<Tab>('content')
  return (
    <div>
      <h2 className="text-xl" lang={review.nano.language}>
        {review.nano.title}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('review.by', { name: review.submitter.display_name ?? review.submitter.username, when: ago(review.submitted_at), version: review.version })}</p>
      <Facts nano={review.nano} className="mt-2" />
      {review.kind === 'appeal' && (
        <div className="mt-4 space-y-3">
          <Notice tone="warm" title={t('appeal.title')}>
            {review.statement}
          </Notice>
          <Notice tone="accent" title={t('appeal.against')}>
            {review.against}
          </Notice>
        </div>
      )}
      <div role="tablist" aria-label={t('review.views')} className="mt-5 flex gap-1 border-b border-line">
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab === name}
            aria-controls="tabpanel"
            tabIndex={tab === name ? 0 : -1}
            onClick={() => setTab(name)}
            onKeyDown={(event) => {
              const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
              if (step === 0) return
              const next = TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length] ?? 'content'
              setTab(next)
              document.getElementById(`tab-${next}`)?.focus()
            }}
            className={cx('-mb-px min-h-10 border-b-2 px-3', tab === name ? 'border-warm font-semibold' : 'border-transparent text-muted hover:text-text')}
          >
            {t(`review.tab.${name}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tabpanel" aria-labelledby={`tab-${tab}`} className="pt-5">
        {tab === 'content' && <Preview id={review.nano.id} version={review.version} title={review.nano.title} height="h-[min(38rem,70vh)]" />}
        {tab === 'package' && <Package review={review} />}
        {tab === 'data' && <Data review={review} />}
      </div>
    </div>
  )
}
