import { Archive, CircleCheck, CircleX, Hourglass, PencilLine, type LucideIcon } from 'lucide-react'
import type { NanoStatus } from '../api/types'
import { useText } from '../i18n/useText'
import { cx } from './cx'

const LOOKS: Record<NanoStatus, { icon: LucideIcon; look: string }> = {
  draft: { icon: PencilLine, look: 'bg-surface text-text' },
  pending_review: { icon: Hourglass, look: 'bg-warm-soft text-on-warm-soft' },
  published: { icon: CircleCheck, look: 'bg-good-soft text-good' },
  rejected: { icon: CircleX, look: 'bg-bad-soft text-bad' },
  archived: { icon: Archive, look: 'bg-surface text-muted' },
  taken_down: { icon: CircleX, look: 'bg-bad-soft text-bad' },
  deleted: { icon: CircleX, look: 'bg-surface text-muted' },
}

/** A nano's state as an icon and a word. */
export function StatusChip({ status }: { status: NanoStatus }) {
  const { t } = useText()
  const { icon: Icon, look } = LOOKS[status]
  return (
    <span className={cx('inline-flex min-h-6 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-sm font-semibold', look)}>
      <Icon aria-hidden className="size-4" />
      {t(`status.${status}`)}
    </span>
  )
}
