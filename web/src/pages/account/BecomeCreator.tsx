import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/client'
import { changeSession } from '../../api/queries'
import type { Session, User } from '../../api/types'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { useToasts } from '../../state/toasts'
import { Button } from '../../ui/Button'
import { CheckField, FieldError } from '../../ui/Field'

/** A learner's declaration that makes them a creator. */
export function BecomeCreator({ session }: { session: Session }) {
  const text = useText()
  const { t } = text
  const show = useToasts((state) => state.show)
  const [confirmed, setConfirmed] = useState(false)
  const [missing, setMissing] = useState(false)
  const become = useMutation({
    mutationFn: () => api.post<{ user: User }>('users/me/become-creator', { rights_confirmed: true }),
    onSuccess: async ({ data }) => {
      await changeSession({ ...session, user: data.user })
      show({ tone: 'good', text: t('creator.done') })
    },
  })
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(!confirmed)
        if (confirmed) become.mutate()
      }}
    >
      <p className="max-w-measure">{t('creator.text')}</p>
      <CheckField checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)} aria-invalid={missing && !confirmed}>
        {t('creator.rights')}
      </CheckField>
      <FieldError text={missing && !confirmed ? t('creator.rightsMissing') : become.error ? wordsFor(become.error, text) : undefined} />
      <Button type="submit" look="primary" disabled={become.isPending}>
        {t('creator.submit')}
      </Button>
    </form>
  )
}
