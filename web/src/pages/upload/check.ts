import type { Text } from '../../i18n/useText'
import { compareVersions, linesOf, tagsOf, type Draft, type Values } from '../../upload/draft'

export type Errors = Partial<Record<keyof Values, string>>

/** What is missing or wrong in the details, by field. */
export function checkDetails(values: Values, { t }: Text): Errors {
  const errors: Errors = {}
  const title = values.title.trim().length
  const minutes = Number(values.duration)
  if (title === 0) errors.title = t('field.required')
  else if (title < 3) errors.title = t('upload.titleShort')
  if (!values.description.trim()) errors.description = t('field.required')
  if (values.duration.trim() === '') errors.duration = t('field.required')
  else if (!Number.isInteger(minutes) || minutes < 1 || minutes > 600) errors.duration = t('upload.durationRange')
  if (values.level === 0) errors.level = t('upload.levelMissing')
  if (values.formats.length === 0) errors.formats = t('upload.formatMissing')
  if (values.categories.length === 0) errors.categories = t('upload.categoryMissing')
  else if (values.categories.length > 5) errors.categories = t('upload.categoriesMany')
  const tags = tagsOf(values.tags)
  if (tags.length > 10 || tags.some((tag) => tag.length > 40)) errors.tags = t('upload.tagsMany')
  const objectives = linesOf(values.objectives)
  if (objectives.length > 10 || objectives.some((line) => line.length > 200)) errors.objectives = t('upload.objectivesMany')
  return errors
}

export function checkLicence(values: Values, { t }: Text): Errors {
  return {
    ...(values.licence ? {} : { licence: t('field.required') }),
    ...(values.rights ? {} : { rights: t('upload.rightsMissing') }),
  }
}

/** A new version needs a number above the last one. */
export function checkVersion({ values, version, report }: Draft, { t }: Text): Errors {
  if (!report) return {}
  if (!/^\d+\.\d+\.\d+$/.test(values.semver)) return { semver: t('upload.versionInvalid') }
  return version && compareVersions(values.semver, version) <= 0 ? { semver: t('upload.versionLow', { version }) } : {}
}
