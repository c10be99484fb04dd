import { useEffect, type ReactNode } from 'react'
import { cx } from './cx'

/** The frame of a page: its title for the browser and a calm width. */
export function Page({ title, children, className, wide = false }: { title: string; children: ReactNode; className?: string; wide?: boolean }) {
  return (
    <div className={cx('mx-auto w-full px-4 py-8 sm:px-6 sm:py-10 lg:px-8', wide ? 'max-w-7xl' : 'max-w-3xl', className)}>
      <title>{`${title} · Nanos`}</title>
      {children}
    </div>
  )
}

/** Asks before the window closes while `active`. */
export function useLeaveGuard(active: boolean): void {
  useEffect(() => {
    if (!active) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [active])
}
