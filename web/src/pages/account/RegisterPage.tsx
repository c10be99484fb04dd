import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'
import { ApiFailure, api } from '../../api/client'
import { changeSession, useSession } from '../../api/queries'
import type { Session } from '../../api/types'
import { useText } from '../../i18n/useText'
import { fieldErrors } from '../../state/failures'
import { TextField } from '../../ui/Field'
import { Page } from '../../ui/Page'
import { AccountForm, NewPasswordField } from './AccountForm'
import { safeNext } from './next'
import { passwordError } from './password'

const EMAIL = /^[^\s@]+@[^\s@]+$/
const USERNAME = /^[a-z0-9_]{3,20}$/

export default function RegisterPage() {
  const text = useText()
  const { t, language } = text
  const navigate = useNavigate()
  const session = useSession()
  const [params] = useSearchParams()
  const next = safeNext(params.get('next'))
  const [values, setValues] = useState({ email: '', username: '', password: '', first_name: '', last_name: '' })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const register = useMutation({
    mutationFn: async () => {
      const names = { first_name: values.first_name.trim() || undefined, last_name: values.last_name.trim() || undefined }
      await api.post('auth/register', { ...values, ...names, email: values.email.trim(), language })
      try {
        return (await api.post<Session>('auth/login', { email: values.email.trim(), password: values.password })).data
      } catch (error) {
        if (error instanceof ApiFailure && error.status >= 400 && error.status < 500) return null // a known address: say no more than the server does
        throw error
      }
    },
    onSuccess: async (created) => {
      if (created) {
        await changeSession(created)
        await navigate(next, { replace: true })
      } else await navigate(`/anmelden?next=${encodeURIComponent(next)}`, { state: { email: values.email.trim(), notice: 'registered' } })
    },
    onError: (error) => setErrors(fieldErrors(error, text)),
  })
  if (session && !register.isPending && !register.isSuccess) return <Navigate to={next} replace />
  const set = (name: keyof typeof values) => (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value })
  function check(): Record<string, string> {
    const weak = passwordError(values.password, text)
    return {
      ...(EMAIL.test(values.email.trim()) ? {} : { email: t('register.emailInvalid') }),
      ...(USERNAME.test(values.username) ? {} : { username: t('register.usernameInvalid') }),
      ...(weak ? { password: weak } : {}),
    }
  }
  function submit() {
    const found = check()
    setErrors(found)
    if (Object.keys(found).length === 0) register.mutate()
  }
  return (
    <Page title={t('register.title')} className="max-w-md">
      <h1 className="text-2xl sm:text-3xl">{t('register.title')}</h1>
      <p className="mt-2 text-muted">{t('register.value')}</p>
      <AccountForm errors={errors} failure={register.error} submit={t('register.submit')} busy={register.isPending} onSubmit={submit}>
        <TextField label={t('account.email')} type="email" autoComplete="email" required maxLength={254} value={values.email} onChange={set('email')} error={errors.email} />
        <TextField
          label={t('account.username')}
          hint={t('register.usernameHint')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={20}
          value={values.username}
          onChange={set('username')}
          error={errors.username}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField label={t('account.firstName')} optional={t('form.optional')} autoComplete="given-name" maxLength={100} value={values.first_name} onChange={set('first_name')} error={errors.first_name} />
          <TextField label={t('account.lastName')} optional={t('form.optional')} autoComplete="family-name" maxLength={100} value={values.last_name} onChange={set('last_name')} error={errors.last_name} />
        </div>
        <NewPasswordField label={t('account.password')} value={values.password} onChange={(password) => setValues({ ...values, password })} error={errors.password} />
      </AccountForm>
      <p className="mt-6 text-muted">
        {t('register.haveAccount')}{' '}
        <Link to="/anmelden" className="font-semibold text-accent underline underline-offset-4">
          {t('nav.login')}
        </Link>
      </p>
    </Page>
  )
}
