import type { ReactNode } from 'react'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import { Notice } from '../../ui/States'
import { MIN_PASSWORD } from './password'
import { useFocusFirstError } from './useFocusFirstError'

interface Props {
  /** What is wrong with fields, by name. */
  errors: Record<string, string>
  /** What the server said; shown unless fields say it. */
  failure: unknown
  submit: string
  busy: boolean
  onSubmit: () => void
  children: ReactNode
}

/** A form about an account: what went wrong on top, then its fields, the first wrong one in focus. */
export function AccountForm({ errors, failure, submit, busy, onSubmit, children }: Props) {
  const text = useText()
  const form = useFocusFirstError(errors)
  return (
    <>
      <div role="alert" className="mt-4">
        {Boolean(failure) && Object.keys(errors).length === 0 && <Notice tone="bad">{wordsFor(failure, text)}</Notice>}
      </div>
      <form
        ref={form}
        noValidate
        className="mt-4 space-y-5"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        <Button type="submit" look="primary" className="w-full" disabled={busy}>
          {submit}
        </Button>
      </form>
    </>
  )
}

/** A password to be set: what it must have, and room for a password manager. */
export function NewPasswordField({ label, value, onChange, error }: { label: string; value: string; onChange: (value: string) => void; error: string | undefined }) {
  const { t } = useText()
  return (
    <TextField
      label={label}
      hint={t('register.passwordHint', { min: MIN_PASSWORD })}
      type="password"
      autoComplete="new-password"
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
    />
  )
}
