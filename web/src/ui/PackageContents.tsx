import type { ReactNode } from 'react'
import { useValidation } from '../api/queries'
import type { Report } from '../api/types'
import { useText } from '../i18n/useText'
import { FileTree } from './FileTree'
import { Bone, Failure, Loading } from './States'

const KINDS: Partial<Record<string, string>> = { h5p: 'H5P', scorm12: 'SCORM 1.2', scorm2004: 'SCORM 2004', cmi5: 'cmi5', imscc: 'IMS Common Cartridge' }

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What the package says about itself. */
function About({ report }: { report: Report }) {
  const { t, tongue, list, bytes } = useText()
  const about = report.metadata
  const kind = KINDS[report.kind ?? '']
  return (
    <dl className="grid gap-4 sm:grid-cols-2">
      {about?.title && <Fact label={t('contents.title')}>{about.title}</Fact>}
      {kind && <Fact label={t('contents.kind')}>{kind}</Fact>}
      {about?.authors && about.authors.length > 0 && <Fact label={t('contents.authors')}>{list(about.authors)}</Fact>}
      {about?.language && <Fact label={t('detail.language')}>{tongue(about.language)}</Fact>}
      {about?.licence && <Fact label={t('licence.title')}>{about.licence}</Fact>}
      <Fact label={t('contents.size')}>{bytes(report.unpacked_size)}</Fact>
    </dl>
  )
}

/** A package that no browser shows by itself: what it is, and what is in it. */
export function PackageContents({ id, version }: { id: string; version: string }) {
  const { t } = useText()
  const { data, error, isPending, refetch } = useValidation(id, version)
  if (isPending)
    return (
      <Loading>
        <Bone className="h-64 w-full" />
      </Loading>
    )
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return (
    <div className="space-y-5 rounded border border-line bg-surface px-5 py-6 sm:px-8">
      <p className="max-w-measure">{t(data.kind === 'h5p' ? 'contents.h5p' : 'contents.other')}</p>
      <About report={data} />
      <div className="rounded border border-line bg-bg p-4">
        <FileTree files={data.files} />
      </div>
    </div>
  )
}
