import { CircleCheck, CircleAlert, X } from 'lucide-react'
import { useText } from '../i18n/useText'
import { useToasts } from '../state/toasts'
import { IconButton } from './Button'

/** The messages at the lower edge; announced politely. */
export function Toasts() {
  const { t } = useText()
  const { toasts, dismiss } = useToasts()
  return (
    <div aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex flex-col items-center gap-2 px-4">
      {toasts.map(({ id, text, tone, action }) => (
        <div key={id} className="pointer-events-auto flex w-full max-w-md items-center gap-3 rounded border border-line bg-raised py-2 pr-2 pl-4 shadow-card">
          {tone === 'good' ? (
            <CircleCheck aria-hidden className="size-5 shrink-0 text-good" />
          ) : (
            <CircleAlert aria-hidden className="size-5 shrink-0 text-bad" />
          )}
          <p className="min-w-0 flex-1">{text}</p>
          {action && (
            <button
              type="button"
              className="min-h-9 rounded px-2 font-semibold text-accent hover:bg-accent-soft"
              onClick={() => {
                action.run()
                dismiss(id)
              }}
            >
              {action.label}
            </button>
          )}
          <IconButton label={t('action.close')} onClick={() => dismiss(id)} className="size-8">
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
      ))}
    </div>
  )
}
