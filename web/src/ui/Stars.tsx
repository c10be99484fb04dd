import { Star } from 'lucide-react'
import { useText } from '../i18n/useText'

/** An average as one star and a number, with the count. */
export function RatingMark({ rating, always = false }: { rating: { count: number; average: number | null }; always?: boolean }) {
  const { t, decimal, number } = useText()
  if (rating.count === 0 || rating.average === null)
    return always ? <span className="text-muted">{t('rating.none')}</span> : null
  return (
    <span className="inline-flex items-center gap-1 tabular-nums">
      <Star aria-hidden className="size-4 fill-warm text-warm" />
      <span aria-hidden>
        {decimal(rating.average)} <span className="text-muted">({number(rating.count)})</span>
      </span>
      <span className="sr-only">{t('rating.spoken', { average: decimal(rating.average), count: rating.count })}</span>
    </span>
  )
}

/** Five stars, `score` of them filled. */
export function Stars({ score, className = 'size-4' }: { score: number; className?: string }) {
  const { t } = useText()
  return (
    <span role="img" aria-label={t('rating.score', { score })} className="inline-flex gap-0.5">
      {[1, 2, 3, 4, 5].map((star) => (
        <Star key={star} aria-hidden className={`${className} ${star <= Math.round(score) ? 'fill-warm text-warm' : 'text-edge'}`} />
      ))}
    </span>
  )
}
