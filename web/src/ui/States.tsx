import { useSyncExternalStore, type ReactNode } from 'react'
import { CloudOff, TriangleAlert } from 'lucide-react'
import { ApiFailure } from '../api/client'
import { useText } from '../i18n/useText'
import { wordsFor } from '../state/failures'
import { Button } from './Button'
import { cx } from './cx'

function watchLine(changed: () => void): () => void {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

/** Whether the browser has a network at all. */
export function useOnline(): boolean {
  return useSyncExternalStore(watchLine, () => navigator.onLine)
}

/** A grey stand-in that only appears after 300 ms. */
export function Bone({ className }: { className?: string }) {
  return <div aria-hidden className={cx('bone', className)} />
}

export function Loading({ children, className }: { children: ReactNode; className?: string }) {
  const { t } = useText()
  return (
    <div className={cx('late', className)} role="status">
      <span className="sr-only">{t('state.loading')}</span>
      {children}
    </div>
  )
}

export function Empty({ title, children, icon }: { title: string; children?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 rounded border border-dashed border-line px-6 py-10 sm:px-10">
      {icon && <div className="text-warm [&>svg]:size-8">{icon}</div>}
      <h2 className="text-lg">{title}</h2>
      <div className="max-w-measure text-muted">{children}</div>
    </div>
  )
}

/** What happened and a way on; knows the difference between an error and no network. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useText()
  const online = useOnline()
  const offline = !online || (error instanceof ApiFailure && error.code === 'NETWORK')
  const Icon = offline ? CloudOff : TriangleAlert
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded border border-line bg-surface px-6 py-8 sm:px-10">
      <Icon aria-hidden className={cx('size-7', offline ? 'text-muted' : 'text-bad')} />
      <h2 className="text-lg">{text.t(offline ? 'state.offlineTitle' : 'state.errorTitle')}</h2>
      <p className="max-w-measure text-muted">{offline && !online ? text.t('state.offline') : wordsFor(error, text)}</p>
      {onRetry && (
        <Button onClick={onRetry} small>
          {text.t('action.retry')}
        </Button>
      )}
    </div>
  )
}

export function Notice({ tone, children, title }: { tone: 'good' | 'bad' | 'warm' | 'accent'; title?: string; children?: ReactNode }) {
  const tones = {
    good: 'border-good bg-good-soft',
    bad: 'border-bad bg-bad-soft',
    warm: 'border-warm bg-warm-soft',
    accent: 'border-accent bg-accent-soft',
  }
  return (
    <div className={cx('rounded border-l-4 px-4 py-3', tones[tone])}>
      {title && <p className="font-semibold">{title}</p>}
      {children && <div className="max-w-measure">{children}</div>}
    </div>
  )
}

/** The bar at the top while there is no network. */
export function OfflineBar() {
  const { t } = useText()
  const online = useOnline()
  return (
    <div role="status">
      {!online && <p className="bg-warm-soft px-4 py-2 text-center text-sm text-on-warm-soft">{t('state.offline')}</p>}
    </div>
  )
}
