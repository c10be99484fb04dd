import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useLocation, useNavigate } from 'react-router'
import { ApiFailure, api } from '../../api/client'
import { changeSession } from '../../api/queries'
import type { Session } from '../../api/types'
import { useText } from '../../i18n/useText'
import { fieldErrors, wordsFor } from '../../state/failures'
import { useToasts } from '../../state/toasts'
import { Button, ButtonLink } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import { Page } from '../../ui/Page'
import { Notice } from '../../ui/States'
import { MIN_PASSWORD, passwordError } from './password'
import { useFocusFirstError } from './useFocusFirstError'

/** The one-time link: sets a password. The token is in the fragment, so it never reaches a log. */
export default function LinkPage() {
  const text = useText()
  const { t } = text
  const navigate = useNavigate()
  const { hash } = useLocation()
  const [token] = useState(() => decodeURIComponent(hash.slice(1)))
  const show = useToasts((state) => state.show)
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const form = useFocusFirstError(errors)
  const save = useMutation({
    mutationFn: () => api.post<Session>('auth/password/set', { token, password }),
    onSuccess: async ({ data }) => {
      await changeSession(data)
      show({ tone: 'good', text: t('link.done') })
      await navigate('/', { replace: true })
    },
    onError: (error) => setErrors(fieldErrors(error, text)),
  })
  const used = save.error instanceof ApiFailure && ([401, 404, 410].includes(save.error.status) || save.error.details.some(({ field }) => field === 'token'))
  if (!token || used)
    return (
      <Page title={t('link.title')} className="max-w-md">
        <h1 className="text-2xl sm:text-3xl">{t('link.usedTitle')}</h1>
        <p className="mt-3 text-muted">{t('link.used')}</p>
        <div className="mt-6">
          <ButtonLink to="/anmelden">{t('nav.login')}</ButtonLink>
        </div>
      </Page>
    )
  return (
    <Page title={t('link.title')} className="max-w-md">
      <h1 className="text-2xl sm:text-3xl">{t('link.title')}</h1>
      <p className="mt-2 text-muted">{t('link.text')}</p>
      <div role="alert" className="mt-4">
        {save.error && Object.keys(errors).length === 0 && <Notice tone="bad">{wordsFor(save.error, text)}</Notice>}
      </div>
      <form
        ref={form}
        noValidate
        className="mt-4 space-y-5"
        onSubmit={(event) => {
          event.preventDefault()
          const weak = passwordError(password, text)
          setErrors(weak ? { password: weak } : {})
          if (!weak) save.mutate()
        }}
      >
        <TextField
          label={t('account.newPassword')}
          hint={t('register.passwordHint', { min: MIN_PASSWORD })}
          type="password"
          autoComplete="new-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={errors.password}
        />
        <Button type="submit" look="primary" className="w-full" disabled={save.isPending}>
          {t('link.submit')}
        </Button>
      </form>
    </Page>
  )
}
