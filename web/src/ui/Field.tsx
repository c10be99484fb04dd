import { useId, type ComponentProps, type ReactNode } from 'react'
import { CircleAlert } from 'lucide-react'
import { cx } from './cx'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | undefined
  optional?: string
}

interface Wiring {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}

function Frame({ label, hint, error, optional, children }: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label} {optional && <span className="font-normal text-muted">({optional})</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-2 max-w-measure text-sm text-muted">
          {hint}
        </p>
      )}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      <FieldError id={`${id}-error`} text={error} />
    </div>
  )
}

export function FieldError({ id, text }: { id?: string; text: string | undefined }) {
  if (!text) return null
  return (
    <p id={id} className="mt-1.5 flex items-start gap-1.5 text-sm font-semibold text-bad">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {text}
    </p>
  )
}

export function TextField({ label, hint, error, optional, className, ...rest }: FieldProps & ComponentProps<'input'>) {
  return (
    <Frame {...{ label, hint, error }} {...(optional ? { optional } : {})}>
      {(wiring) => <input {...rest} {...wiring} className={cx('control', className)} />}
    </Frame>
  )
}

export function TextArea({ label, hint, error, optional, className, ...rest }: FieldProps & ComponentProps<'textarea'>) {
  return (
    <Frame {...{ label, hint, error }} {...(optional ? { optional } : {})}>
      {(wiring) => <textarea rows={4} {...rest} {...wiring} className={cx('control resize-y', className)} />}
    </Frame>
  )
}

export function SelectField({ label, hint, error, optional, className, ...rest }: FieldProps & ComponentProps<'select'>) {
  return (
    <Frame {...{ label, hint, error }} {...(optional ? { optional } : {})}>
      {(wiring) => <select {...rest} {...wiring} className={cx('control', className)} />}
    </Frame>
  )
}

export function CheckField({ children, className, ...rest }: { children: ReactNode } & ComponentProps<'input'>) {
  return (
    <label className={cx('flex min-h-7 items-start gap-3 py-0.5', className)}>
      <input type="checkbox" {...rest} className="mt-1 size-5 shrink-0 rounded-sm" />
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  )
}

/** A group of choices with one legend. */
export function Group({ legend, hint, error, children, className }: { legend: ReactNode; hint?: string; error?: string | undefined; children: ReactNode; className?: string }) {
  const id = useId()
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className={cx('min-w-0', className)}>
      <legend className="mb-1 font-semibold">{legend}</legend>
      {hint && <p className="mb-2 max-w-measure text-sm text-muted">{hint}</p>}
      {children}
      <FieldError id={`${id}-error`} text={error} />
    </fieldset>
  )
}
