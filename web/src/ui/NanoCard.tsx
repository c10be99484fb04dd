import { Clock } from 'lucide-react'
import { Link } from 'react-router'
import type { Hit, NanoItem } from '../api/types'
import { useText } from '../i18n/useText'
import { Cover } from './Cover'
import { cx } from './cx'
import { FORMATS } from './formats'
import { Level } from './Level'
import { Marked } from './Marked'
import { RatingMark } from './Stars'
import { Bone } from './States'

/** Level, minutes and formats in one quiet line. */
export function Facts({ nano, className }: { nano: NanoItem; className?: string }) {
  const { t, minutes } = useText()
  return (
    <p className={cx('flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-muted sm:gap-x-3', className)}>
      <Level level={nano.level} />
      <span className="inline-flex items-center gap-1 tabular-nums">
        <Clock aria-hidden className="size-4" />
        {minutes(nano.duration_minutes)}
      </span>
      {nano.formats.map((format) => {
        const known = FORMATS[format]
        if (!known) return null
        const Icon = known.icon
        return (
          <span key={format} className="inline-flex" title={t(known.key)}>
            <Icon aria-hidden className="size-4" />
            <span className="sr-only">{t(known.key)}</span>
          </span>
        )
      })}
    </p>
  )
}

/** A nano on a shelf: the whole card is one link. Narrow shelves lay it down. */
export function NanoCard({ nano, heading: Heading = 'h3' }: { nano: NanoItem; heading?: 'h2' | 'h3' }) {
  return (
    <article className="card relative">
      <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-4 sm:block">
        <div className="sm:mb-3">
          <Cover id={nano.id} category={nano.categories[0]?.slug} className="aspect-[4/3] w-full rounded-t sm:aspect-video" />
          <div className="rule h-0.5 rounded bg-warm" />
        </div>
        <div className="min-w-0">
          <Heading className="line-clamp-2 text-base leading-snug font-semibold">
            <Link to={`/nano/${nano.slug}`} className="card-link text-text no-underline" lang={nano.language}>
              {nano.title}
            </Link>
          </Heading>
          <p className="mt-0.5 truncate text-sm text-muted">{nano.creator.display_name ?? nano.creator.username}</p>
          <Facts nano={nano} className="mt-2" />
          <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-muted">
            <RatingMark rating={nano.rating} />
            <span>{nano.licence}</span>
          </p>
        </div>
      </div>
    </article>
  )
}

/** A nano among search results: a catalogue entry with the found words marked. */
export function NanoRow({ nano }: { nano: Hit }) {
  const { category, tongue } = useText()
  return (
    <article className="card relative grid grid-cols-[5.5rem_minmax(0,1fr)] gap-4 py-5 sm:grid-cols-[11rem_minmax(0,1fr)] sm:gap-6">
      <div>
        <Cover id={nano.id} category={nano.categories[0]?.slug} className="aspect-[4/3] w-full rounded-t sm:aspect-video" />
        <div className="rule h-0.5 rounded bg-warm" />
      </div>
      <div className="min-w-0">
        <h2 className="text-lg leading-snug" lang={nano.language}>
          <Link to={`/nano/${nano.slug}`} className="card-link text-text no-underline">
            <Marked html={nano.highlight?.title} plain={nano.title} />
          </Link>
        </h2>
        <p className="mt-1 line-clamp-2 max-w-measure" lang={nano.language}>
          <Marked html={nano.highlight?.description} plain={nano.description ?? ''} />
        </p>
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <Facts nano={nano} />
          <RatingMark rating={nano.rating} />
          {nano.categories[0] && <span>{category(nano.categories[0])}</span>}
          <span>{tongue(nano.language)}</span>
          <span>{nano.licence}</span>
        </div>
      </div>
    </article>
  )
}

export function CardBone() {
  return (
    <div className="flex flex-col gap-3">
      <Bone className="aspect-video w-full" />
      <Bone className="h-5 w-11/12" />
      <Bone className="h-4 w-1/2" />
    </div>
  )
}

export function RowBone() {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-4 py-5 sm:grid-cols-[11rem_minmax(0,1fr)] sm:gap-6">
      <Bone className="aspect-[4/3] w-full sm:aspect-video" />
      <div className="space-y-3">
        <Bone className="h-6 w-3/4" />
        <Bone className="h-4 w-full" />
        <Bone className="h-4 w-1/2" />
      </div>
    </div>
  )
}
