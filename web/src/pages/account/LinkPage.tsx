import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useLocation, useNavigate } from 'react-router'
import { ApiFailure, api } from '../../api/client'
import { changeSession } from '../../api/queries'
import type { Session } from '../../api/types'
import { useText } from '../../i18n/useText'
import { fieldErrors } from '../../state/failures'
import { useToasts } from '../../state/toasts'
import { ButtonLink } from '../../ui/Button'
import { Page } from '../../ui/Page'
import { AccountForm, NewPasswordField } from './AccountForm'
import { passwordError } from './password'

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
  function submit() {
    const weak = passwordError(password, text)
    setErrors(weak ? { password: weak } : {})
    if (!weak) save.mutate()
  }
  return (
    <Page title={t('link.title')} className="max-w-md">
      <h1 className="text-2xl sm:text-3xl">{t('link.title')}</h1>
      <p className="mt-2 text-muted">{t('link.text')}</p>
      <AccountForm errors={errors} failure={save.error} submit={t('link.submit')} busy={save.isPending} onSubmit={submit}>
        <NewPasswordField label={t('account.newPassword')} value={password} onChange={setPassword} error={errors.password} />
      </AccountForm>
    </Page>
  )
}
