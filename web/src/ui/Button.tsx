import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from './cx'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border border-transparent',
  plain: 'bg-raised text-text border border-edge hover:border-text',
  quiet: 'text-accent hover:bg-accent-soft border border-transparent',
  danger: 'bg-raised text-bad border border-bad hover:bg-bad-soft',
}

const SHAPE =
  'inline-flex items-center justify-center gap-2 rounded px-4 py-2 min-h-11 font-semibold text-base leading-6 text-center no-underline transition-colors duration-150 aria-disabled:opacity-60 disabled:opacity-60 disabled:cursor-not-allowed'

export const buttonClass = (look: Look = 'plain', small = false): string =>
  cx(SHAPE, LOOKS[look], small && 'min-h-9 px-3 py-1 text-sm')

interface Common {
  look?: Look
  small?: boolean
  children: ReactNode
}

export function Button({ look = 'plain', small = false, className, ...rest }: Common & ComponentProps<'button'>) {
  return <button type="button" {...rest} className={cx(buttonClass(look, small), className)} />
}

export function ButtonLink({ look = 'plain', small = false, className, ...rest }: Common & ComponentProps<typeof Link>) {
  return <Link {...rest} className={cx(buttonClass(look, small), typeof className === 'string' && className)} />
}

/** A square button that shows only an icon; `label` says what it does. */
export function IconButton({ label, className, ...rest }: { label: string; children: ReactNode } & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(
        'inline-flex size-10 items-center justify-center rounded text-muted transition-colors duration-150 hover:bg-surface hover:text-text',
        className,
      )}
    />
  )
}
