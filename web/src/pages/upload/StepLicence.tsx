import { useState } from 'react'
import { useText } from '../../i18n/useText'
import type { TextKey } from '../../i18n/translate'
import { Button } from '../../ui/Button'
import { cx } from '../../ui/cx'
import { CheckField, FieldError, Group, TextField } from '../../ui/Field'
import { OFFERED } from '../../ui/licences'
import { useFocusFirstError } from '../account/useFocusFirstError'
import { checkLicence, type Errors } from './check'
import type { Wizard } from './useWizard'

const EXPLAINED: Record<string, TextKey> = {
  'CC0-1.0': 'licence.cc0',
  'CC-BY-4.0': 'licence.by',
  'CC-BY-SA-4.0': 'licence.bySa',
  'CC-BY-NC-4.0': 'licence.byNc',
  'CC-BY-NC-SA-4.0': 'licence.byNcSa',
}

/** Step 3: what others may do with it, and whose work it is. */
export function StepLicence({ wizard, onNext, onBack }: { wizard: Wizard; onNext: () => void; onBack: () => void }) {
  const text = useText()
  const { t } = text
  const { values } = wizard.draft
  const [errors, setErrors] = useState<Errors>({})
  const form = useFocusFirstError(errors)
  const choices = OFFERED.some((licence) => licence === values.licence) ? OFFERED : [values.licence, ...OFFERED]
  return (
    <form
      ref={form}
      noValidate
      className="space-y-7"
      onSubmit={(event) => {
        event.preventDefault()
        const found = checkLicence(values, text)
        setErrors(found)
        if (Object.keys(found).length === 0) onNext()
      }}
    >
      <Group legend={t('upload.licence')} error={errors.licence}>
        <div className="mt-2 space-y-2">
          {choices.map((licence) => {
            const explained = EXPLAINED[licence]
            return (
              <label
                key={licence}
                className={cx(
                  'flex gap-3 rounded border p-4 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent',
                  values.licence === licence ? 'border-accent bg-accent-soft' : 'border-line bg-raised hover:border-edge',
                )}
              >
                <input type="radio" name="licence" className="mt-1 size-4.5 shrink-0" checked={values.licence === licence} onChange={() => wizard.setValues({ licence })} />
                <span>
                  <span className="font-semibold">{licence}</span>
                  <span className="block text-sm text-muted">{t(explained ?? 'licence.fromPackage')}</span>
                </span>
              </label>
            )
          })}
        </div>
      </Group>
      <TextField
        label={t('upload.attribution')}
        hint={t('upload.attributionHint')}
        optional={t('form.optional')}
        maxLength={500}
        value={values.attribution}
        onChange={(event) => wizard.setValues({ attribution: event.target.value })}
      />
      <div>
        <CheckField checked={values.rights} aria-invalid={errors.rights ? true : undefined} onChange={(event) => wizard.setValues({ rights: event.target.checked })}>
          {t('upload.rights')}
        </CheckField>
        <FieldError text={errors.rights} />
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary">
          {t('upload.next')}
        </Button>
        <Button onClick={onBack}>{t('upload.back')}</Button>
      </div>
    </form>
  )
}
