import { useEffect, useRef, type ReactNode } from 'react'
import { X } from 'lucide-react'
import { useText } from '../i18n/useText'
import { IconButton } from './Button'
import { cx } from './cx'

interface SheetProps {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  side?: boolean
  full?: boolean
}

/** A native modal dialog: from the side on phones, or centred. */
export function Sheet({ open, onClose, title, children, side = false, full = false }: SheetProps) {
  const { t } = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
      className={cx(
        'bg-bg text-text shadow-card',
        side
          ? 'm-0 ml-auto h-dvh max-h-none w-[min(24rem,92vw)] max-w-none'
          : 'm-auto max-h-[92dvh] rounded',
        !side && (full ? 'w-[min(80rem,96vw)] max-w-none' : 'w-[min(40rem,92vw)]'),
      )}
    >
      {open && (
        <div className="flex min-h-full flex-col">
          <div className="sticky top-0 z-10 flex items-center justify-between border-b border-line bg-bg px-5 py-3">
            <h2 className="text-lg">{title}</h2>
            <IconButton label={t('action.close')} onClick={onClose}>
              <X aria-hidden className="size-5" />
            </IconButton>
          </div>
          <div className="flex-1 p-5">{children}</div>
        </div>
      )}
    </dialog>
  )
}
