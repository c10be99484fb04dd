import { del, get, set } from 'idb-keyval'
import type { Level, Nano, NanoDraft, Report } from '../api/types'

export const STEPS = ['file', 'details', 'licence', 'preview'] as const
export type Step = (typeof STEPS)[number]

/** What the form's fields hold; texts, so that nothing typed is lost. */
export interface Values {
  title: string
  description: string
  details_md: string
  duration: string
  level: Level | 0
  language: string
  formats: string[]
  categories: string[]
  tags: string
  objectives: string
  target_group: string
  prerequisites: string
  licence: string
  attribution: string
  rights: boolean
  semver: string
  changelog: string
}

export interface Creation {
  key: string
  body: NanoDraft
}

/** Everything the wizard must find again after a reload. */
export interface Draft {
  step: Step
  file: File | null
  sha256: string | null
  uploadId: string | null
  report: Report | null
  values: Values
  nano: { id: string; slug: string; row_version: number } | null
  /** The first attempt at making the nano: repeated as it was, it makes no second one. */
  creation?: Creation | null
  version: string | null
}

export function emptyDraft(language: string): Draft {
  return {
    step: 'file',
    file: null,
    sha256: null,
    uploadId: null,
    report: null,
    nano: null,
    version: null,
    values: {
      title: '',
      description: '',
      details_md: '',
      duration: '',
      level: 0,
      language,
      formats: [],
      categories: [],
      tags: '',
      objectives: '',
      target_group: '',
      prerequisites: '',
      licence: 'CC-BY-4.0',
      attribution: '',
      rights: false,
      semver: '1.0.0',
      changelog: '',
    },
  }
}

/** The draft that changes an existing nano. */
export function draftOf(nano: Nano): Draft {
  const empty = emptyDraft(nano.language)
  const latest = nano.versions.map(({ version }) => version).sort(compareVersions).at(-1)
  return {
    ...empty,
    nano: { id: nano.id, slug: nano.slug, row_version: nano.row_version },
    version: latest ?? null,
    values: {
      ...empty.values,
      title: nano.title,
      description: nano.description ?? '',
      details_md: nano.details_md ?? '',
      duration: String(nano.duration_minutes),
      level: nano.level,
      formats: nano.formats,
      categories: nano.categories.map(({ slug }) => slug),
      tags: nano.tags.join(', '),
      objectives: nano.objectives.join('\n'),
      target_group: nano.target_group ?? '',
      prerequisites: nano.prerequisites ?? '',
      licence: nano.licence ?? empty.values.licence,
      rights: nano.rights_confirmed,
      attribution: nano.attribution ?? '',
      semver: latest ? nextVersion(latest) : '1.0.0',
    },
  }
}

const FORMAT_OF_KIND: Record<string, string> = { h5p: 'interactive', scorm12: 'interactive', scorm2004: 'interactive', cmi5: 'interactive', imscc: 'interactive' }

/** Fills what is still empty from what the package says about itself. */
export function prefill(values: Values, report: Report): Values {
  const { metadata } = report
  return {
    ...values,
    title: values.title || (metadata?.title ?? '').slice(0, 200),
    description: values.description || (metadata?.description ?? '').slice(0, 1000),
    language: metadata?.language ?? values.language,
    licence: metadata?.licence ?? values.licence,
    attribution: values.attribution || (metadata?.authors ?? []).join(', ').slice(0, 500),
    formats: values.formats.length > 0 ? values.formats : [FORMAT_OF_KIND[report.kind ?? ''] ?? 'text'],
  }
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

export const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
]

/** What the API is sent. */
export function toNano(values: Values): NanoDraft {
  return {
    title: values.title.trim(),
    description: values.description.trim(),
    details_md: values.details_md.trim() || null,
    duration_minutes: Number(values.duration),
    level: values.level === 0 ? 1 : values.level,
    language: values.language,
    formats: values.formats,
    categories: values.categories,
    tags: tagsOf(values.tags),
    objectives: linesOf(values.objectives),
    target_group: values.target_group.trim() || null,
    prerequisites: values.prerequisites.trim() || null,
    licence: values.licence,
    attribution: values.attribution.trim() || null,
    rights_confirmed: values.rights,
  }
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/).map(Number))
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0)
    if (difference) return difference
  }
  return 0
}

/** The next minor version. */
export function nextVersion(version: string): string {
  const [major = 1, minor = 0] = version.split('.').map(Number)
  return `${major}.${minor + 1}.0`
}

const keyOf = (target: string) => `nanos.upload.${target}`

export const storedDraft = (target: string): Promise<Draft | undefined> => get<Draft>(keyOf(target))
export const storeDraft = (target: string, draft: Draft): Promise<void> => set(keyOf(target), draft)
export const forgetDraft = (target: string): Promise<void> => del(keyOf(target))
