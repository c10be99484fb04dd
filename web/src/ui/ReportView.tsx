import { useMemo } from 'react'
import { CircleCheck } from 'lucide-react'
import type { Report } from '../api/types'
import { useText } from '../i18n/useText'
import { FileTree } from './FileTree'
import { Notice } from './States'

/** What the validator says: a verdict, what concerns the whole package, and the tree. */
export function ReportView({ report }: { report: Report }) {
  const { t, language, bytes } = useText()
  const findings = useMemo(() => report.findings.filter(({ entry }) => entry !== null && entry !== ''), [report])
  const general = report.findings.filter(({ entry }) => !entry)
  const errors = report.findings.filter(({ severity }) => severity === 'error').length
  const warnings = report.findings.length - errors
  return (
    <div className="space-y-4">
      <Notice tone={report.ok ? 'good' : 'bad'} title={report.ok ? t('report.good') : t('report.bad', { count: errors })}>
        <p className="text-sm">
          {report.ok && <CircleCheck aria-hidden className="mr-1.5 inline size-4 align-[-0.15em] text-good" />}
          {t('report.summary', { entries: report.entries, size: bytes(report.size), unpacked: bytes(report.unpacked_size) })}
          {warnings > 0 && ` ${t('report.warnings', { count: warnings })}`}
        </p>
      </Notice>
      {general.length > 0 && (
        <ul className="space-y-2">
          {general.map((finding, index) => (
            <li key={index}>
              <strong className="font-semibold">{language === 'de' ? finding.rule_de : finding.rule_en}</strong>{' '}
              <span className="text-muted">{language === 'de' ? finding.remedy_de : finding.remedy_en}</span>{' '}
              <code className="text-xs text-muted">{finding.code}</code>
            </li>
          ))}
        </ul>
      )}
      {findings.length > 0 && (
        <nav aria-label={t('report.jump')}>
          <p className="font-semibold">{t('report.jump')}</p>
          <ul className="mt-1 text-sm">
            {[...new Set(findings.map(({ entry }) => entry ?? ''))].map((entry) => (
              <li key={entry}>
                <a
                  href={`#entry-${encodeURIComponent(entry)}`}
                  className="inline-flex min-h-6 items-center break-all text-accent underline underline-offset-4"
                  onClick={(event) => {
                    event.preventDefault()
                    const target = document.getElementById(`entry-${encodeURIComponent(entry)}`)
                    target?.scrollIntoView({ block: 'center' })
                    target?.focus({ preventScroll: true })
                  }}
                >
                  {entry}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {(report.files.length > 0 || findings.length > 0) && (
        <div className="rounded border border-line p-4">
          <FileTree files={report.files} findings={findings} />
        </div>
      )}
    </div>
  )
}
