import { useEffect, useRef, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/client'
import { keys } from '../../api/queries'
import type { Decision, ReviewCase } from '../../api/types'
import type { TextKey } from '../../i18n/translate'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { useToasts } from '../../state/toasts'
import { Button } from '../../ui/Button'
import { cx } from '../../ui/cx'
import { CheckField, FieldError, Group, TextArea } from '../../ui/Field'
import { Notice } from '../../ui/States'

export const CHECKS = ['copyright', 'privacy', 'safety', 'fit'] as const
const DECISIONS: readonly Decision[] = ['approve', 'request_changes', 'reject']
/** An appeal is granted or not; the check-list belongs to reviews. */
const ANSWERS: readonly Decision[] = ['approve', 'reject']
const KEY_OF: Record<Decision, string> = { approve: 'a', request_changes: 'c', reject: 'r' }
const SHORTEST_REASON = 10
const TEMPLATES: readonly TextKey[] = ['review.template.source', 'review.template.person', 'review.template.level', 'review.template.broken']

interface Props {
  review: ReviewCase
  decision: Decision | null
  choose: (decision: Decision) => void
  onDone: () => void
}

/** The decision on one case: check-list first, then a reason, then the deed. */
export function Desk({ review, decision, choose, onDone }: Props) {
  const text = useText()
  const { t } = text
  const appeal = review.kind === 'appeal'
  const client = useQueryClient()
  const show = useToasts((state) => state.show)
    const [checks, setChecks] = useState<Record<string, boolean>>({})
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<{ reason?: string; checks?: string; decision?: string }>({})
  const reasonField = useRef<HTMLDivElement>(null)
  const submit = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (decision === 'approve') submit.current?.focus()
    else if (decision) reasonField.current?.querySelector('textarea')?.focus()
  }, [decision])

  const decide = useMutation({
    mutationFn: () =>
      api.post(`moderation/${review.id}/decision`, {
        decision,
        reason: reason.trim() || null,
        checklist: appeal ? null : Object.fromEntries(CHECKS.map((check) => [check, checks[check] ?? false])),
      }),
    onSuccess: async () => {
      if (decision) show({ tone: 'good', text: t(`review.done.${decision}`, { title: review.nano.title }) })
      onDone()
      await Promise.all([client.invalidateQueries({ queryKey: keys.queue }), client.invalidateQueries({ queryKey: ['nano'] }), client.invalidateQueries({ queryKey: keys.nanos })])
    },
  })

  function send() {
    const found = {
      ...(decision ? {} : { decision: t('review.chooseDecision') }),
      ...(decision && decision !== 'approve' && reason.trim().length < SHORTEST_REASON ? { reason: t('review.reasonMissing', { min: SHORTEST_REASON }) } : {}),
      ...(decision === 'approve' && !appeal && CHECKS.some((check) => !checks[check]) ? { checks: t('review.checksMissing') } : {}),
    }
    setErrors(found)
    if ('reason' in found) reasonField.current?.querySelector('textarea')?.focus()
    if (Object.keys(found).length === 0) decide.mutate()
  }

  if (review.own) return <Notice tone="warm">{t('review.own')}</Notice>
  return (
    <form
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {!appeal && (
        <Group legend={t('review.checks')} error={errors.checks}>
          {CHECKS.map((check) => (
            <CheckField key={check} checked={checks[check] ?? false} onChange={(event) => setChecks({ ...checks, [check]: event.target.checked })}>
              {t(`review.check.${check}`)}
            </CheckField>
          ))}
        </Group>
      )}
      <Group legend={t('review.decision')} error={errors.decision}>
        <div className="space-y-1.5">
          {(appeal ? ANSWERS : DECISIONS).map((value) => (
            <label
              key={value}
              className={cx(
                'flex min-h-10 items-center gap-2.5 rounded border px-3',
                decision === value ? 'border-accent bg-accent-soft' : 'border-line bg-raised hover:border-edge',
              )}
            >
              <input type="radio" name="decision" className="size-4.5" checked={decision === value} onChange={() => choose(value)} />
              <span className="flex-1">{appeal ? t(value === 'approve' ? 'appeal.grant' : 'appeal.refuse') : t(`review.${value}`)}</span>
              <kbd className="rounded-sm border border-line px-1.5 text-xs text-muted">{KEY_OF[value]}</kbd>
            </label>
          ))}
        </div>
      </Group>
      <div ref={reasonField} className="space-y-2">
        <TextArea
          label={t('review.reason')}
          hint={t('review.reasonHint')}
          {...(decision === 'approve' ? { optional: t('form.optional') } : {})}
          maxLength={2000}
          rows={5}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={errors.reason}
        />
        <details>
          <summary className="min-h-7 text-sm font-semibold">{t('review.templates')}</summary>
          <ul className="mt-1 space-y-1">
            {TEMPLATES.map((key) => (
              <li key={key}>
                <button
                  type="button"
                  className="min-h-7 rounded-sm text-left text-sm text-accent underline underline-offset-4"
                  onClick={() => setReason((old) => (old.trim() ? `${old.trimEnd()}\n${t(key)}` : t(key)))}
                >
                  {t(key)}
                </button>
              </li>
            ))}
          </ul>
        </details>
      </div>
      <FieldError text={decide.error ? wordsFor(decide.error, text) : undefined} />
      <Button ref={submit} type="submit" look="primary" className="w-full" disabled={decide.isPending}>
        {decision ? t(`review.send.${decision}`) : t('review.send')}
      </Button>
    </form>
  )
}
