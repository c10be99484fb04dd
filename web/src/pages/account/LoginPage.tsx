import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Link, Navigate, useLocation, useNavigate, useSearchParams } from 'react-router'
import { ApiFailure, api } from '../../api/client'
import { changeSession, useSession } from '../../api/queries'
import type { Session } from '../../api/types'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import { Page } from '../../ui/Page'
import { Notice } from '../../ui/States'
import { safeNext } from './next'
import { useFocusFirstError } from './useFocusFirstError'

export default function LoginPage() {
  const text = useText()
  const { t } = text
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const next = safeNext(params.get('next'))
  const session = useSession()
  const { state } = useLocation() as { state: { email?: string; notice?: 'registered' } | null }
  const [email, setEmail] = useState(state?.email ?? '')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const form = useFocusFirstError(errors)
  const login = useMutation({
    mutationFn: () => api.post<Session>('auth/login', { email: email.trim(), password }),
    onSuccess: async ({ data }) => {
      await changeSession(data)
      await navigate(next, { replace: true })
    },
    onError: () => setPassword(''),
  })
  if (session && !login.isPending && !login.isSuccess) return <Navigate to={next} replace />
  const failure = login.error
  const wrong = failure instanceof ApiFailure && (failure.code === 'UNAUTHORIZED' || failure.code === 'VALIDATION_ERROR')
  return (
    <Page title={t('login.title')} className="max-w-md">
      <h1 className="text-2xl sm:text-3xl">{t('login.title')}</h1>
      <div className="mt-4 space-y-4">
        {state?.notice && <Notice tone="good">{t(`login.${state.notice}`)}</Notice>}
        {params.has('next') && !failure && <p className="text-muted">{t('login.needed')}</p>}
        <div role="alert">{failure && <Notice tone="bad">{wrong ? t('login.wrong') : wordsFor(failure, text)}</Notice>}</div>
      </div>
      <form
        ref={form}
        noValidate
        className="mt-4 space-y-5"
        onSubmit={(event) => {
          event.preventDefault()
          const missing = {
            ...(email.trim() ? {} : { email: t('field.required') }),
            ...(password ? {} : { password: t('field.required') }),
          }
          setErrors(missing)
          if (Object.keys(missing).length === 0) login.mutate()
        }}
      >
        <TextField label={t('account.email')} type="email" name="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.target.value)} error={errors.email} />
        <TextField
          label={t('account.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={errors.password}
        />
        <Button type="submit" look="primary" className="w-full" disabled={login.isPending}>
          {t('login.submit')}
        </Button>
      </form>
      <p className="mt-6 text-muted">
        {t('login.noAccount')}{' '}
        <Link to={`/registrieren${params.has('next') ? `?next=${encodeURIComponent(next)}` : ''}`} className="font-semibold text-accent underline underline-offset-4">
          {t('login.register')}
        </Link>
      </p>
      <p className="mt-2 text-sm text-muted">{t('login.forgot')}</p>
    </Page>
  )
}
