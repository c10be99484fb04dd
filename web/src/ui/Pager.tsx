import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Link } from 'react-router'
import { useText } from '../i18n/useText'
import { buttonClass } from './Button'
import { cx } from './cx'

/** The page numbers around the present one; null is a gap. */
export function pagesAround(page: number, last: number): (number | null)[] {
  const wanted = [...new Set([1, page - 1, page, page + 1, last])].filter((n) => n >= 1 && n <= last).sort((a, b) => a - b)
  return wanted.flatMap((n, index) => (index > 0 && n - (wanted[index - 1] ?? 0) > 1 ? [null, n] : [n]))
}

export function Pager({ page, last, to }: { page: number; last: number; to: (page: number) => string }) {
  const { t, number } = useText()
  if (last <= 1) return null
  return (
    <nav aria-label={t('pager.label')} className="mt-8 flex flex-wrap items-center gap-1 tabular-nums">
      {page > 1 && (
        <Link to={to(page - 1)} className={buttonClass('quiet', true)} rel="prev">
          <ChevronLeft aria-hidden className="size-4" />
          {t('pager.previous')}
        </Link>
      )}
      {pagesAround(page, last).map((n, index) =>
        n === null ? (
          <span key={`gap${index}`} className="px-1 text-muted">
            …
          </span>
        ) : (
          <Link
            key={n}
            to={to(n)}
            aria-label={t('pager.page', { page: n })}
            aria-current={n === page ? 'page' : undefined}
            className={cx(
              'inline-flex min-h-9 min-w-9 items-center justify-center rounded px-2 no-underline',
              n === page ? 'bg-accent font-semibold text-on-accent' : 'text-text hover:bg-surface',
            )}
          >
            {number(n)}
          </Link>
        ),
      )}
      {page < last && (
        <Link to={to(page + 1)} className={buttonClass('quiet', true)} rel="next">
          {t('pager.next')}
          <ChevronRight aria-hidden className="size-4" />
        </Link>
      )}
    </nav>
  )
}
