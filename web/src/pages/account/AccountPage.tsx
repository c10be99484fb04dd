import { useState, type ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useNavigate } from 'react-router'
import { ApiFailure, api } from '../../api/client'
import { changeSession, useSession } from '../../api/queries'
import type { Language, Session, User } from '../../api/types'
import { useText } from '../../i18n/useText'
import { fieldErrors, wordsFor } from '../../state/failures'
import { usePreferences, type Theme } from '../../state/preferences'
import { useToasts } from '../../state/toasts'
import { Button } from '../../ui/Button'
import { FieldError, SelectField, TextArea, TextField } from '../../ui/Field'
import { Page } from '../../ui/Page'
import { BecomeCreator } from './BecomeCreator'
import { MIN_PASSWORD, passwordError } from './password'
import { useFocusFirstError } from './useFocusFirstError'

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-10 border-t border-line pt-8">
      <h2 className="mb-5 text-xl">{title}</h2>
      {children}
    </section>
  )
}

function Profile({ session }: { session: Session }) {
  const text = useText()
  const { t } = text
  const show = useToasts((state) => state.show)
  const { user } = session
  const [values, setValues] = useState({
    first_name: user.first_name ?? '',
    last_name: user.last_name ?? '',
    company: user.company ?? '',
    bio: user.bio ?? '',
    language: user.language,
  })
  const save = useMutation({
    mutationFn: () =>
      api.patch<{ user: User }>('auth/me', {
        first_name: values.first_name.trim() || null,
        last_name: values.last_name.trim() || null,
        company: values.company.trim() || null,
        bio: values.bio.trim() || null,
        language: values.language,
      }),
    onSuccess: async ({ data }) => {
      await changeSession({ ...session, user: data.user })
      show({ tone: 'good', text: t('account.saved') })
    },
  })
  const errors = fieldErrors(save.error, text)
  const form = useFocusFirstError(errors)
  const set = (name: keyof typeof values) => (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value })
  return (
    <form
      ref={form}
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField label={t('account.firstName')} optional={t('form.optional')} autoComplete="given-name" maxLength={100} value={values.first_name} onChange={set('first_name')} error={errors.first_name} />
        <TextField label={t('account.lastName')} optional={t('form.optional')} autoComplete="family-name" maxLength={100} value={values.last_name} onChange={set('last_name')} error={errors.last_name} />
      </div>
      <TextField label={t('account.company')} optional={t('form.optional')} autoComplete="organization" maxLength={255} value={values.company} onChange={set('company')} error={errors.company} />
      <TextArea label={t('account.bio')} optional={t('form.optional')} maxLength={500} value={values.bio} onChange={set('bio')} error={errors.bio} />
      <SelectField label={t('account.mailLanguage')} value={values.language} onChange={(event) => setValues({ ...values, language: event.target.value as Language })}>
        <option value="de">Deutsch</option>
        <option value="en">English</option>
      </SelectField>
      <FieldError text={save.error && Object.keys(errors).length === 0 ? wordsFor(save.error, text) : undefined} />
      <Button type="submit" look="primary" disabled={save.isPending}>
        {t('account.save')}
      </Button>
    </form>
  )
}

function Password() {
  const text = useText()
  const { t } = text
  const show = useToasts((state) => state.show)
  const [current, setCurrent] = useState('')
  const [fresh, setFresh] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const form = useFocusFirstError(errors)
  const change = useMutation({
    mutationFn: () => api.post('auth/password/change', { current_password: current, new_password: fresh }),
    onSuccess: () => {
      setCurrent('')
      setFresh('')
      show({ tone: 'good', text: t('account.passwordChanged') })
    },
    onError: (error) => {
      const found = fieldErrors(error, text)
      const refused = error instanceof ApiFailure && [401, 403].includes(error.status)
      setErrors(refused ? { current_password: t('account.passwordWrong') } : found)
    },
  })
  return (
    <form
      ref={form}
      noValidate
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault()
        const weak = passwordError(fresh, text)
        const found = { ...(current ? {} : { current_password: t('field.required') }), ...(weak ? { new_password: weak } : {}) }
        setErrors(found)
        if (Object.keys(found).length === 0) change.mutate()
      }}
    >
      <TextField label={t('account.currentPassword')} type="password" autoComplete="current-password" required value={current} onChange={(event) => setCurrent(event.target.value)} error={errors.current_password} />
      <TextField
        label={t('account.newPassword')}
        hint={t('register.passwordHint', { min: MIN_PASSWORD })}
        type="password"
        autoComplete="new-password"
        required
        value={fresh}
        onChange={(event) => setFresh(event.target.value)}
        error={errors.new_password}
      />
      <FieldError text={change.error && Object.keys(errors).length === 0 ? wordsFor(change.error, text) : undefined} />
      <Button type="submit" disabled={change.isPending}>
        {t('account.changePassword')}
      </Button>
    </form>
  )
}

function Surface() {
  const { t } = useText()
  const { theme, setTheme, language, setLanguage } = usePreferences()
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <SelectField label={t('account.language')} value={language} onChange={(event) => void setLanguage(event.target.value as Language)}>
        <option value="de">Deutsch</option>
        <option value="en">English</option>
      </SelectField>
      <SelectField label={t('account.theme')} value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
        {(['system', 'light', 'dark'] as const).map((value) => (
          <option key={value} value={value}>
            {t(`theme.${value}`)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

/** Who I am here, how the app looks to me, and the way out. */
export default function AccountPage() {
  const { t, date } = useText()
  const session = useSession()
  const navigate = useNavigate()
  const leave = useMutation({
    mutationFn: () => api.post('auth/logout'),
    onSettled: async () => {
      await navigate('/')
      await changeSession(null)
    },
  })
  if (!session) return null
  const { user } = session
  return (
    <Page title={t('account.title')}>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h1 className="text-2xl sm:text-3xl">{user.display_name}</h1>
          <p className="mt-1 text-muted">
            {user.email} · {t(`role.${user.role}`)} · {t('account.since', { date: date(user.created_at) })}
          </p>
        </div>
        <Button onClick={() => leave.mutate()} disabled={leave.isPending}>
          <LogOut aria-hidden className="size-5" />
          {t('account.logout')}
        </Button>
      </div>
      {user.role === 'consumer' && (
        <Block title={t('creator.title')}>
          <BecomeCreator session={session} />
        </Block>
      )}
      <Block title={t('account.profile')}>
        <Profile session={session} />
      </Block>
      <Block title={t('account.surface')}>
        <Surface />
      </Block>
      <Block title={t('account.password')}>
        <Password />
      </Block>
    </Page>
  )
}
