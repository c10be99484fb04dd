import { useRef, useState } from 'react'
import { CircleHelp, Coffee } from 'lucide-react'
import { useQueue } from '../../api/queries'
import type { Decision, ReviewCase } from '../../api/types'
import { useText } from '../../i18n/useText'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/cx'
import { Page } from '../../ui/Page'
import { Sheet } from '../../ui/Sheet'
import { Bone, Empty, Failure, Loading } from '../../ui/States'
import { CaseView } from './CaseView'
import { Desk } from './Desk'
import { useKeys } from './useKeys'

const SHORTCUTS = ['j', 'k', 'a', 'r', 'c', '?'] as const

function Queue({ cases, current, select }: { cases: ReviewCase[]; current: string; select: (id: string) => void }) {
  const { t, ago } = useText()
  return (
    <ol aria-label={t('review.queue')} className="max-lg:flex max-lg:gap-2 max-lg:overflow-x-auto max-lg:pb-2 lg:divide-y lg:divide-line lg:border-y lg:border-line">
      {cases.map(({ id, nano, submitter, submitted_at, due_at, overdue }) => {
        return (
          <li key={id} className="max-lg:w-56 max-lg:shrink-0">
            <button
              type="button"
              data-case={id}
              aria-current={id === current ? 'true' : undefined}
              onClick={() => select(id)}
              className={cx(
                'h-full w-full rounded-sm border-l-[3px] px-3 py-3 text-left max-lg:border max-lg:border-l-[3px]',
                id === current ? 'border-warm bg-warm-soft' : 'border-transparent hover:bg-surface max-lg:border-line',
              )}
            >
              <span className="line-clamp-2 leading-snug font-semibold" lang={nano.language}>
                {nano.title}
              </span>
              <span className={cx('mt-1 block text-sm', id === current ? 'text-on-warm-soft' : 'text-muted')}>
                {submitter.display_name ?? submitter.username} · {ago(submitted_at)}
              </span>
              <span className={cx('block text-sm', overdue ? 'font-semibold text-bad' : id === current ? 'text-on-warm-soft' : 'text-muted')}>{t(overdue ? 'review.late' : 'review.due', { when: ago(due_at) })}</span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** The review queue: what waits, what it is, what is decided. */
export default function ModerationPage() {
  const { t } = useText()
  const { data, error, isPending, refetch } = useQueue('open')
  const [selected, setSelected] = useState<string>()
  const [decision, setDecision] = useState<Decision | null>(null)
  const [help, setHelp] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const cases = data?.data ?? []
  const at = Math.max(0, cases.findIndex(({ id }) => id === selected))
  const review = cases[at]

  function select(id: string) {
    setSelected(id)
    setDecision(null)
  }
  function step(by: number) {
    const next = cases[Math.min(cases.length - 1, Math.max(0, at + by))]
    if (!next) return
    select(next.id)
    list.current?.querySelector<HTMLElement>(`[data-case="${next.id}"]`)?.focus()
  }
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    a: () => setDecision('approve'),
    r: () => setDecision('reject'),
    c: () => review?.kind !== 'appeal' && setDecision('request_changes'),
    '?': () => setHelp(true),
  })

  return (
    <Page title={t('review.title')} wide>
      <div className="flex items-center justify-between gap-4">
        <h1 className="text-2xl sm:text-3xl">
          {t('review.title')} {data && <span className="font-normal text-muted tabular-nums">{data.meta.total}</span>}
        </h1>
        <IconButton label={t('review.help')} aria-haspopup="dialog" onClick={() => setHelp(true)}>
          <CircleHelp aria-hidden className="size-5" />
        </IconButton>
      </div>
      <div className="mt-6">
        {isPending && (
          <Loading className="grid gap-6 lg:grid-cols-[16rem_minmax(0,1fr)_19rem]">
            <Bone className="h-64" />
            <Bone className="h-96" />
            <Bone className="h-64" />
          </Loading>
        )}
        {error && <Failure error={error} onRetry={() => void refetch()} />}
        {data && !review && (
          <Empty icon={<Coffee aria-hidden />} title={t('review.emptyTitle')}>
            <p>{t('review.empty')}</p>
          </Empty>
        )}
        {review && (
          <div className="grid grid-cols-1 gap-x-8 gap-y-8 lg:grid-cols-[15rem_minmax(0,1fr)] xl:grid-cols-[16rem_minmax(0,1fr)_19rem]">
            <div ref={list} className="min-w-0 xl:sticky xl:top-6 xl:max-h-[calc(100dvh-3rem)] xl:self-start xl:overflow-y-auto">
              <Queue cases={cases} current={review.id} select={select} />
            </div>
            <div className="min-w-0">
              <CaseView key={review.id} review={review} />
            </div>
            <aside aria-label={t('review.decision')} className="min-w-0 lg:col-start-2 xl:sticky xl:top-6 xl:col-start-3 xl:self-start">
              <Desk key={review.id} review={review} decision={decision} choose={setDecision} onDone={() => step(at + 1 < cases.length ? 1 : -1)} />
            </aside>
          </div>
        )}
      </div>
      <Sheet open={help} onClose={() => setHelp(false)} title={t('review.help')}>
        <dl className="grid grid-cols-[3rem_1fr] items-baseline gap-y-3">
          {SHORTCUTS.map((key) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="rounded-sm border border-edge px-2 py-0.5">{key}</kbd>
              </dt>
              <dd>{t(`review.key.${key}`)}</dd>
            </div>
          ))}
        </dl>
      </Sheet>
    </Page>
  )
}
