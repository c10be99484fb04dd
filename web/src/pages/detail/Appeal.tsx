import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/client'
import { keys, useTakeDown } from '../../api/queries'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { useToasts } from '../../state/toasts'
import { Button } from '../../ui/Button'
import { FieldError, TextArea } from '../../ui/Field'
import { Notice } from '../../ui/States'

const SHORTEST = 10

/** What the creator of a nano that was taken down can say against it, once. */
export function Appeal({ nanoId }: { nanoId: string }) {
  const text = useText()
  const { t, ago, date } = text
  const client = useQueryClient()
  const show = useToasts((state) => state.show)
  const { data } = useTakeDown(nanoId)
  const [statement, setStatement] = useState('')
  const [error, setError] = useState<string>()
  const send = useMutation({
    mutationFn: (id: string) => api.post(`decisions/${id}/appeal`, { statement: statement.trim() }),
    onSuccess: async () => {
      show({ tone: 'good', text: t('appeal.sent') })
      await client.invalidateQueries({ queryKey: keys.takeDown(nanoId) })
    },
  })
  if (!data) return null
  if (data.appeal) return data.appeal.status === 'open' ? <Notice tone="accent">{t('appeal.open', { when: ago(data.appeal.submitted_at) })}</Notice> : null
  return (
    <form
      className="max-w-measure space-y-4 rounded border border-line bg-surface px-5 py-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const short = statement.trim().length < SHORTEST
        setError(short ? t('appeal.missing', { min: SHORTEST }) : undefined)
        if (!short) send.mutate(data.id)
      }}
    >
      <p>{t('appeal.explain', { date: date(data.appeal_until) })}</p>
      <TextArea label={t('appeal.statement')} maxLength={2000} rows={4} value={statement} onChange={(event) => setStatement(event.target.value)} error={error} />
      <FieldError text={send.error ? wordsFor(send.error, text) : undefined} />
      <Button type="submit" disabled={send.isPending}>
        {t('appeal.send')}
      </Button>
    </form>
  )
}
