import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Star } from 'lucide-react'
import { Link, useLocation } from 'react-router'
import { api } from '../../api/client'
import { keys, useRatings, useSession } from '../../api/queries'
import type { Nano, Rating, RatingsMeta } from '../../api/types'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { useToasts } from '../../state/toasts'
import { Button } from '../../ui/Button'
import { FieldError, Group, TextArea } from '../../ui/Field'
import { Stars } from '../../ui/Stars'
import { Bone, Failure, Loading } from '../../ui/States'

function Histogram({ meta }: { meta: RatingsMeta }) {
  const { t, decimal, number } = useText()
  const counts = [5, 4, 3, 2, 1].map((score) => ({ score, count: meta.histogram[String(score)] ?? 0 }))
  const most = Math.max(1, ...counts.map(({ count }) => count))
  return (
    <div className="flex flex-wrap items-center gap-x-8 gap-y-4">
      <div>
        <p className="text-4xl font-semibold tabular-nums">{decimal(meta.average ?? 0)}</p>
        <Stars score={meta.average ?? 0} className="size-5" />
        <p className="mt-1 text-sm text-muted">{t('rating.count', { count: meta.total })}</p>
      </div>
      <table className="min-w-56 flex-1 text-sm">
        <caption className="sr-only">{t('rating.histogram')}</caption>
        <tbody>
          {counts.map(({ score, count }) => (
            <tr key={score}>
              <th scope="row" className="w-8 pr-2 text-right font-normal whitespace-nowrap">
                <span aria-hidden>{score}</span>
                <span className="sr-only">{t('rating.score', { score })}</span>
                <Star aria-hidden className="ml-1 inline size-3.5 fill-warm align-[-0.1em] text-warm" />
              </th>
              <td className="py-1">
                <svg aria-hidden viewBox="0 0 100 8" preserveAspectRatio="none" className="block h-2 w-full">
                  <rect width="100" height="8" rx="1" fill="var(--line)" />
                  <rect width={(100 * count) / most} height="8" rx="1" fill="var(--warm)" />
                </svg>
              </td>
              <td className="w-10 pl-3 text-right text-muted">{number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function StarChoice({ score, onChange, error }: { score: number; onChange: (score: number) => void; error: string | undefined }) {
  const { t } = useText()
  return (
    <Group legend={t('rating.yourScore')} error={error}>
      <div className="flex gap-1">
        {[1, 2, 3, 4, 5].map((value) => (
          <label key={value} className="rounded-sm p-1 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent">
            <input type="radio" name="score" value={value} checked={score === value} onChange={() => onChange(value)} className="sr-only" />
            <Star aria-hidden className={`size-7 ${value <= score ? 'fill-warm text-warm' : 'text-edge'}`} />
            <span className="sr-only">{t('rating.score', { score: value })}</span>
          </label>
        ))}
      </div>
    </Group>
  )
}

function RateForm({ nano, mine, onDone }: { nano: Nano; mine: Rating | undefined; onDone: () => void }) {
  const text = useText()
  const { t } = text
  const client = useQueryClient()
  const show = useToasts((state) => state.show)
  const [score, setScore] = useState(mine?.score ?? 0)
  const [comment, setComment] = useState(mine?.comment ?? '')
  const [missing, setMissing] = useState(false)
  const save = useMutation({
    mutationFn: () => {
      const body = { score, comment: comment.trim() || null }
      return mine ? api.patch(`ratings/${mine.id}`, body) : api.post(`nanos/${nano.id}/ratings`, body)
    },
    onSuccess: async () => {
      show({ tone: 'good', text: t('rating.saved') })
      await Promise.all([client.invalidateQueries({ queryKey: keys.ratings(nano.id) }), client.invalidateQueries({ queryKey: keys.nano(nano.slug) })])
      onDone()
    },
  })
  return (
    <form
      className="space-y-4 rounded border border-line p-4 sm:p-6"
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(score === 0)
        if (score > 0) save.mutate()
      }}
    >
      <StarChoice score={score} onChange={setScore} error={missing && score === 0 ? t('rating.choose') : undefined} />
      <TextArea label={t('rating.comment')} optional={t('form.optional')} value={comment} onChange={(event) => setComment(event.target.value)} maxLength={500} rows={3} />
      <FieldError text={save.error ? wordsFor(save.error, text) : undefined} />
      <Button type="submit" look="primary" disabled={save.isPending}>
        {mine ? t('rating.change') : t('rating.send')}
      </Button>
    </form>
  )
}

function Voice({ rating }: { rating: Rating }) {
  const { t, ago, date } = useText()
  return (
    <li className="py-5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Stars score={rating.score} />
        <span className="font-semibold">{rating.user.display_name ?? rating.user.username}</span>
        <time dateTime={rating.updated_at} title={date(rating.updated_at)} className="text-sm text-muted">
          {ago(rating.updated_at)}
        </time>
      </p>
      {rating.comment && <p className="mt-1.5 max-w-measure whitespace-pre-line">{rating.comment}</p>}
      {rating.reply && (
        <p className="mt-2 max-w-measure border-l-2 border-line pl-4 text-muted">
          <span className="font-semibold">{t('rating.reply')}</span> {rating.reply}
        </p>
      )}
    </li>
  )
}

/** The ratings of a nano and the form for one's own. */
export function Ratings({ nano }: { nano: Nano }) {
  const { t } = useText()
  const session = useSession()
  const { pathname } = useLocation()
  const [editing, setEditing] = useState(false)
  const { data, error, isPending, refetch } = useRatings(nano.id)
  const mine = data?.data.find((rating) => rating.mine)
  const own = session?.user.username === nano.creator.username
  return (
    <section aria-labelledby="ratings" className="mt-14">
      <h2 id="ratings" className="text-xl">
        {t('rating.title')}
      </h2>
      <div className="mt-4 max-w-2xl space-y-6">
        {isPending && (
          <Loading>
            <Bone className="h-28 w-full" />
          </Loading>
        )}
        {error && <Failure error={error} onRetry={() => void refetch()} />}
        {data && data.meta.total > 0 && <Histogram meta={data.meta} />}
        {data?.meta.total === 0 && <p className="text-muted">{t(own ? 'rating.emptyOwn' : 'rating.empty')}</p>}
        {data && session && !own && (!mine || editing) && <RateForm key={mine?.id ?? 'new'} nano={nano} mine={mine} onDone={() => setEditing(false)} />}
        {mine && !editing && (
          <Button small onClick={() => setEditing(true)}>
            {t('rating.edit')}
          </Button>
        )}
        {session === null && (
          <p>
            <Link to={`/anmelden?next=${encodeURIComponent(pathname)}`} className="font-semibold text-accent underline underline-offset-4">
              {t('rating.login')}
            </Link>
          </p>
        )}
        {data && data.data.length > 0 && (
          <ul className="divide-y divide-line border-t border-line">
            {data.data.map((rating) => (
              <Voice key={rating.id} rating={rating} />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
