import { useEffect, useRef, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useNavigate } from 'react-router'
import { api } from '../../api/client'
import { keys, useCategories, useSession } from '../../api/queries'
import type { NanoItem } from '../../api/types'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { useToasts } from '../../state/toasts'
import { Button } from '../../ui/Button'
import { TextArea, TextField } from '../../ui/Field'
import { NanoCard } from '../../ui/NanoCard'
import { Preview } from '../../ui/Preview'
import { Bone, Loading, Notice } from '../../ui/States'
import { tagsOf } from '../../upload/draft'
import { checkVersion } from './check'
import { currentRow, saveNano, saveVersion } from './save'
import type { Wizard } from './useWizard'

function useCard({ draft }: Wizard): NanoItem {
  const session = useSession()
  const { data: categories = [] } = useCategories()
  const { values, nano, version } = draft
  const now = new Date().toISOString()
  return {
    id: nano?.id ?? 'new',
    slug: nano?.slug ?? '',
    title: values.title,
    description: values.description,
    duration_minutes: Number(values.duration),
    level: values.level === 0 ? 1 : values.level,
    language: values.language,
    formats: values.formats,
    categories: values.categories.flatMap((slug) => categories.filter((entry) => entry.slug === slug)),
    tags: tagsOf(values.tags),
    licence: values.licence,
    creator: session?.user ?? { username: '' },
    rating: { count: 0, average: null },
    downloads: 0,
    version,
    published_at: null,
    updated_at: now,
  }
}

/** Step 4: the draft is saved, shown as others will see it, and given to review. */
export function StepPreview({ wizard, onBack }: { wizard: Wizard; onBack: () => void }) {
  const text = useText()
  const { t } = text
  const { draft, change, setValues, forget } = wizard
  const client = useQueryClient()
  const navigate = useNavigate()
  const show = useToasts((state) => state.show)
  const card = useCard(wizard)
  const [asked, setAsked] = useState(draft.version === null)
  const newVersion = draft.uploadId !== null
  const errors = newVersion ? checkVersion(draft, text) : {}

  const save = useMutation({
    mutationFn: async () => {
      const nano = await saveNano(draft, (creation) => change({ creation }))
      change({ nano })
      if (draft.uploadId === null) return
      const version = await saveVersion(draft, nano.id, new AbortController().signal)
      change({ version, uploadId: null, nano: { ...nano, row_version: await currentRow(nano.id) } })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.mine }),
  })
  const submit = useMutation({
    mutationFn: () => api.post(`nanos/${draft.nano?.id ?? ''}/submit`),
    onSuccess: async () => {
      await forget()
      await client.invalidateQueries({ queryKey: keys.mine })
      if (draft.nano) client.removeQueries({ queryKey: keys.nano(draft.nano.slug) })
      show({ tone: 'good', text: t('upload.submitted') })
      await navigate('/meine')
    },
  })

  const started = useRef(false)
  useEffect(() => {
    if (started.current || (newVersion && !asked)) return
    started.current = true
    save.mutate()
  }, [asked, newVersion, save])

  if (newVersion && !asked)
    return (
      <form
        className="space-y-6"
        onSubmit={(event) => {
          event.preventDefault()
          if (Object.keys(errors).length === 0) setAsked(true)
        }}
      >
        <TextField label={t('upload.version')} hint={t('upload.versionHint')} value={draft.values.semver} onChange={(event) => setValues({ semver: event.target.value.trim() })} error={errors.semver} />
        <TextArea label={t('upload.changelog')} optional={t('form.optional')} maxLength={1000} value={draft.values.changelog} onChange={(event) => setValues({ changelog: event.target.value })} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary">
            {t('upload.next')}
          </Button>
          <Button onClick={onBack}>{t('upload.back')}</Button>
        </div>
      </form>
    )
  if (save.isPending || save.isIdle)
    return (
      <Loading className="space-y-4">
        <Bone className="h-8 w-1/2" />
        <Bone className="h-80 w-full" />
      </Loading>
    )
  if (save.error)
    return (
      <div role="alert" className="space-y-4">
        <Notice tone="bad" title={t('upload.saveFailed')}>
          {wordsFor(save.error, text)}
        </Notice>
        <div className="flex flex-wrap gap-3">
          <Button look="primary" onClick={() => save.mutate()}>
            {t('action.retry')}
          </Button>
          <Button onClick={onBack}>{t('upload.back')}</Button>
        </div>
      </div>
    )
  return (
    <div className="space-y-8">
      <Notice tone="good">{t('upload.saved')}</Notice>
      <section aria-label={t('preview.title')}>
        <Preview id={draft.nano?.id ?? ''} version={draft.version} title={draft.values.title} />
      </section>
      <section>
        <h3 className="mb-3 text-lg">{t('upload.card')}</h3>
        <div className="max-w-60" inert>
          <NanoCard nano={card} />
        </div>
      </section>
      <div role="alert">{submit.error && <Notice tone="bad">{wordsFor(submit.error, text)}</Notice>}</div>
      <div className="flex flex-wrap gap-3">
        <Button look="primary" onClick={() => submit.mutate()} disabled={submit.isPending}>
          <Send aria-hidden className="size-5" />
          {t('upload.submit')}
        </Button>
        <Button onClick={onBack}>{t('upload.back')}</Button>
        <Button
          look="quiet"
          onClick={() => {
            void forget().then(() => navigate('/meine'))
          }}
        >
          {t('upload.later')}
        </Button>
      </div>
    </div>
  )
}
