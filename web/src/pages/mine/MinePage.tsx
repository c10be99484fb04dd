import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Archive, ArchiveRestore, FilePlus2, Library, PencilLine, Plus, Send, Trash2 } from 'lucide-react'
import { Link } from 'react-router'
import { api } from '../../api/client'
import { keys, useMine } from '../../api/queries'
import type { NanoItem, OwnNano } from '../../api/types'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { useToasts } from '../../state/toasts'
import { Button, ButtonLink } from '../../ui/Button'
import { Cover } from '../../ui/Cover'
import { Page } from '../../ui/Page'
import { RatingMark } from '../../ui/Stars'
import { Bone, Empty, Failure, Loading, Notice } from '../../ui/States'
import { StatusChip } from '../../ui/StatusChip'
import { useRemoval } from './useRemoval'

type Deed = 'submit' | 'archive' | 'restore'

function useDeeds() {
  const text = useText()
  const client = useQueryClient()
  const show = useToasts((state) => state.show)
  const refreshed = () => Promise.all([client.invalidateQueries({ queryKey: keys.mine }), client.invalidateQueries({ queryKey: ['nano'] })])
  const act = useMutation({
    mutationFn: ({ nano, deed }: { nano: NanoItem; deed: Deed }) => api.post(`nanos/${nano.id}/${deed}`),
    onSuccess: async (_, { nano, deed }) => {
      show({
        tone: 'good',
        text: text.t(`mine.done.${deed}`, { title: nano.title }),
        ...(deed === 'archive' ? { action: { label: text.t('action.undo'), run: () => act.mutate({ nano, deed: 'restore' }) } } : {}),
      })
      await refreshed()
    },
    onError: (error) => show({ tone: 'bad', text: wordsFor(error, text) }),
  })
  return act
}

function Row({ nano, act, remove }: { nano: OwnNano; act: (deed: Deed) => void; remove: () => void }) {
  const { t, ago } = useText()
  const { status, newest_version: newest } = nano
  const waiting = status === 'published' && newest !== nano.version
  const edit = `/hochladen?nano=${nano.id}`
  return (
    <li className="grid gap-x-5 gap-y-3 py-6 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <Cover id={nano.id} category={nano.categories[0]?.slug} className="hidden aspect-video w-full rounded sm:block" />
      <div className="min-w-0">
        <div className="flex flex-col-reverse items-start justify-between gap-x-4 gap-y-2 sm:flex-row">
          <h2 className="text-lg leading-snug" lang={nano.language}>
            <Link to={`/nano/${nano.slug}`} className="text-text underline-offset-4 hover:underline">
              {nano.title}
            </Link>
          </h2>
          <StatusChip status={status} />
        </div>
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
          {newest ? <span>{t('mine.version', { version: nano.version ?? newest })}</span> : <span>{t('mine.noVersion')}</span>}
          <span>{t('mine.changed', { when: ago(nano.updated_at) })}</span>
          {nano.downloads > 0 && <span>{t('mine.downloads', { count: nano.downloads })}</span>}
          <RatingMark rating={nano.rating} />
        </p>
        {waiting && nano.newest_version_status && (
          <p className="mt-1 text-sm">{t(`mine.next.${nano.newest_version_status}`, { version: newest ?? '' })}</p>
        )}
        {nano.review_reason && (status !== 'published' || waiting) && (
          <div className="mt-3">
            <Notice tone="warm" title={t('mine.reason')}>
              <p className="whitespace-pre-line">{nano.review_reason}</p>
            </Notice>
          </div>
        )}
        <div className="mt-3 flex flex-wrap gap-2">
          {(status === 'draft' || status === 'rejected') && (
            <ButtonLink small to={edit} look="primary">
              <PencilLine aria-hidden className="size-4" />
              {t('mine.edit')}
            </ButtonLink>
          )}
          {(status === 'draft' || (waiting && nano.newest_version_status === 'draft')) && newest && (
            <Button small onClick={() => act('submit')}>
              <Send aria-hidden className="size-4" />
              {t('upload.submit')}
            </Button>
          )}
          {status === 'published' && (
            <>
              <ButtonLink small to={edit}>
                <FilePlus2 aria-hidden className="size-4" />
                {t('mine.newVersion')}
              </ButtonLink>
              <Button small onClick={() => act('archive')}>
                <Archive aria-hidden className="size-4" />
                {t('mine.archive')}
              </Button>
            </>
          )}
          {status === 'archived' && (
            <Button small onClick={() => act('restore')}>
              <ArchiveRestore aria-hidden className="size-4" />
              {t('mine.restore')}
            </Button>
          )}
          {(status === 'draft' || status === 'archived' || status === 'rejected') && (
            <Button small look="quiet" onClick={remove} aria-label={t('mine.deleteTitle', { title: nano.title })}>
              <Trash2 aria-hidden className="size-4" />
              {t('mine.delete')}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}

/** What I made: its state, why it came back, and what I can do about it. */
export default function MinePage() {
  const { t } = useText()
  const { data, error, isPending, refetch } = useMine()
  const act = useDeeds()
  const { hidden, remove } = useRemoval()
  const nanos = data?.data.filter(({ id }) => !hidden.has(id)) ?? []
  return (
    <Page title={t('mine.title')} className="max-w-4xl">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl sm:text-3xl">{t('mine.title')}</h1>
        <ButtonLink to="/hochladen" look="primary">
          <Plus aria-hidden className="size-5" />
          {t('mine.new')}
        </ButtonLink>
      </div>
      <div className="mt-6">
        {isPending && (
          <Loading className="space-y-6">
            {[1, 2, 3].map((row) => (
              <Bone key={row} className="h-24 w-full" />
            ))}
          </Loading>
        )}
        {error && <Failure error={error} onRetry={() => void refetch()} />}
        {data && nanos.length === 0 && (
          <Empty icon={<Library aria-hidden />} title={t('mine.emptyTitle')}>
            <p>{t('mine.empty')}</p>
          </Empty>
        )}
        {nanos.length > 0 && (
          <ul className="divide-y divide-line border-y border-line">
            {nanos.map((nano) => (
              <Row key={nano.id} nano={nano} act={(deed) => act.mutate({ nano, deed })} remove={() => remove(nano)} />
            ))}
          </ul>
        )}
      </div>
    </Page>
  )
}
