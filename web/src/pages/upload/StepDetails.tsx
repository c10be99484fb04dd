import { useState } from 'react'
import { useCategories } from '../../api/queries'
import type { Level } from '../../api/types'
import { useText } from '../../i18n/useText'
import { Button } from '../../ui/Button'
import { cx } from '../../ui/cx'
import { CheckField, Group, SelectField, TextArea, TextField } from '../../ui/Field'
import { FORMATS } from '../../ui/formats'
import { LevelIcon } from '../../ui/Level'
import { useFocusFirstError } from '../account/useFocusFirstError'
import { checkDetails, type Errors } from './check'
import type { Wizard } from './useWizard'

const LANGUAGES = ['de', 'en', 'fr', 'es', 'it', 'pl', 'tr', 'uk', 'ru', 'ar']
const LEVELS: readonly Level[] = [1, 2, 3]

const flip = (values: string[], value: string): string[] => (values.includes(value) ? values.filter((other) => other !== value) : [...values, value])

function LevelChoice({ wizard, error }: { wizard: Wizard; error: string | undefined }) {
  const { t } = useText()
  const { level } = wizard.draft.values
  return (
    <Group legend={t('detail.level')} error={error}>
      <div className="grid gap-3 sm:grid-cols-3">
        {LEVELS.map((value) => (
          <label
            key={value}
            className={cx(
              'flex flex-col rounded border p-4 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent',
              level === value ? 'border-accent bg-accent-soft' : 'border-edge bg-raised hover:border-text',
            )}
          >
            <span className="flex items-center gap-2 font-semibold">
              <input type="radio" name="level" className="size-4.5" checked={level === value} aria-invalid={error ? true : undefined} onChange={() => wizard.setValues({ level: value })} />
              <LevelIcon level={value} />
              {t(`level.${value}`)}
            </span>
            <span className="mt-1 text-sm text-muted">{t(`level.${value}.explained`)}</span>
          </label>
        ))}
      </div>
    </Group>
  )
}

function Choices({ wizard, errors }: { wizard: Wizard; errors: Errors }) {
  const { t, category } = useText()
  const { data: categories = [] } = useCategories()
  const { values } = wizard.draft
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <Group legend={t('upload.categories')} hint={t('upload.categoriesHint')} error={errors.categories}>
        {categories.map((entry) => (
          <CheckField
            key={entry.slug}
            checked={values.categories.includes(entry.slug)}
            aria-invalid={errors.categories ? true : undefined}
            onChange={() => wizard.setValues({ categories: flip(values.categories, entry.slug) })}
          >
            {category(entry)}
          </CheckField>
        ))}
      </Group>
      <Group legend={t('detail.formats')} hint={t('upload.formatsHint')} error={errors.formats}>
        {Object.entries(FORMATS).map(([format, { icon: Icon, key }]) => (
          <CheckField
            key={format}
            checked={values.formats.includes(format)}
            aria-invalid={errors.formats ? true : undefined}
            onChange={() => wizard.setValues({ formats: flip(values.formats, format) })}
          >
            <span className="inline-flex items-center gap-2">
              <Icon aria-hidden className="size-4.5 text-muted" />
              {t(key)}
            </span>
          </CheckField>
        ))}
      </Group>
    </div>
  )
}

function More({ wizard, errors }: { wizard: Wizard; errors: Errors }) {
  const { t } = useText()
  const { values } = wizard.draft
  const set = (name: 'details_md' | 'objectives' | 'target_group' | 'prerequisites') => (event: { target: { value: string } }) => wizard.setValues({ [name]: event.target.value })
  const filled = [values.details_md, values.objectives, values.target_group, values.prerequisites].some(Boolean)
  return (
    <details className="rounded border border-line px-5 py-3" open={filled || Boolean(errors.objectives)}>
      <summary className="min-h-7 font-semibold">{t('upload.more')}</summary>
      <div className="space-y-6 py-4">
        <TextArea label={t('detail.objectives')} hint={t('upload.objectivesHint')} value={values.objectives} onChange={set('objectives')} error={errors.objectives} />
        <TextField label={t('detail.targetGroup')} hint={t('upload.targetGroupHint')} maxLength={200} value={values.target_group} onChange={set('target_group')} />
        <TextField label={t('detail.prerequisites')} hint={t('upload.prerequisitesHint')} maxLength={500} value={values.prerequisites} onChange={set('prerequisites')} />
        <TextArea label={t('detail.details')} hint={t('upload.detailsHint')} maxLength={10_000} rows={6} value={values.details_md} onChange={set('details_md')} />
      </div>
    </details>
  )
}

/** Step 2: what the nano is, filled in advance from the package. */
export function StepDetails({ wizard, onNext, onBack }: { wizard: Wizard; onNext: () => void; onBack: () => void }) {
  const text = useText()
  const { t, tongue } = text
  const { values } = wizard.draft
  const [errors, setErrors] = useState<Errors>({})
  const form = useFocusFirstError(errors)
  return (
    <form
      ref={form}
      noValidate
      className="space-y-7"
      onSubmit={(event) => {
        event.preventDefault()
        const found = checkDetails(values, text)
        setErrors(found)
        if (Object.keys(found).length === 0) onNext()
      }}
    >
      <TextField label={t('upload.title')} maxLength={200} required value={values.title} onChange={(event) => wizard.setValues({ title: event.target.value })} error={errors.title} />
      <TextArea
        label={t('upload.description')}
        hint={t('upload.descriptionHint')}
        maxLength={1000}
        required
        value={values.description}
        onChange={(event) => wizard.setValues({ description: event.target.value })}
        error={errors.description}
      />
      <LevelChoice wizard={wizard} error={errors.level} />
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField
          label={t('upload.duration')}
          inputMode="numeric"
          required
          value={values.duration}
          onChange={(event) => wizard.setValues({ duration: event.target.value.replace(/\D/g, '') })}
          error={errors.duration}
        />
        <SelectField label={t('detail.language')} value={values.language} onChange={(event) => wizard.setValues({ language: event.target.value })}>
          {[...new Set([values.language, ...LANGUAGES])].map((code) => (
            <option key={code} value={code}>
              {tongue(code)}
            </option>
          ))}
        </SelectField>
      </div>
      <Choices wizard={wizard} errors={errors} />
      <TextField
        label={t('detail.tags')}
        hint={t('upload.tagsHint')}
        optional={t('form.optional')}
        value={values.tags}
        onChange={(event) => wizard.setValues({ tags: event.target.value })}
        error={errors.tags}
      />
      <More wizard={wizard} errors={errors} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary">
          {t('upload.next')}
        </Button>
        <Button onClick={onBack}>{t('upload.back')}</Button>
      </div>
    </form>
  )
}
