import { useMemo } from 'react'
import { ChevronRight, CircleAlert, File, Folder, TriangleAlert } from 'lucide-react'
import type { FileEntry, Finding } from '../api/types'
import { useText } from '../i18n/useText'
import { treeOf, type Branch } from './tree'

function FindingText({ finding }: { finding: Finding }) {
  const { t, language } = useText()
  const Icon = finding.severity === 'error' ? CircleAlert : TriangleAlert
  return (
    <p className="flex items-start gap-2 py-1 text-sm">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${finding.severity === 'error' ? 'text-bad' : 'text-on-warm-soft'}`} />
      <span>
        <span className="sr-only">{t(finding.severity === 'error' ? 'report.error' : 'report.warning')}: </span>
        <strong className="font-semibold">{language === 'de' ? finding.rule_de : finding.rule_en}</strong>{' '}
        <span className="text-muted">{language === 'de' ? finding.remedy_de : finding.remedy_en}</span>{' '}
        <code className="text-xs text-muted">{finding.code}</code>
      </span>
    </p>
  )
}

function Node({ branch }: { branch: Branch }) {
  const { bytes, t } = useText()
  const findings = branch.findings.map((finding, index) => <FindingText key={index} finding={finding} />)
  if (branch.children.length === 0)
    return (
      <li id={`entry-${encodeURIComponent(branch.path)}`} tabIndex={-1} className="scroll-mt-24 rounded-sm">
        <div className="flex min-h-7 items-center gap-2">
          <File aria-hidden className={`size-4 shrink-0 ${branch.findings.length > 0 ? 'text-bad' : 'text-muted'}`} />
          <span className="min-w-0 flex-1 break-all hyphens-manual">{branch.name}</span>
          {branch.size !== null && <span className="shrink-0 text-sm text-muted tabular-nums">{bytes(branch.size)}</span>}
        </div>
        {findings.length > 0 && <div className="ml-6">{findings}</div>}
      </li>
    )
  return (
    <li>
      <details open={branch.troubled || branch.depth < 2}>
        <summary className="flex min-h-7 list-none items-center gap-2 rounded-sm [&::-webkit-details-marker]:hidden [details[open]>&>svg:first-child]:rotate-90">
          <ChevronRight aria-hidden className="size-4 shrink-0 text-muted transition-transform duration-150" />
          <Folder aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 flex-1 break-all">{branch.name}</span>
          <span className="shrink-0 text-sm text-muted tabular-nums">{t('files.count', { count: branch.files })}</span>
        </summary>
        <ul className="ml-2 border-l border-line pl-4">
          {branch.children.map((child) => (
            <Node key={child.path} branch={child} />
          ))}
        </ul>
      </details>
    </li>
  )
}

/** The entries of a package as a tree, with what the validator found at each of them. */
export function FileTree({ files, findings = [] }: { files: readonly FileEntry[]; findings?: readonly Finding[] }) {
  const branches = useMemo(() => treeOf(files, findings), [files, findings])
  return (
    <ul className="text-sm leading-snug">
      {branches.map((branch) => (
        <Node key={branch.path} branch={branch} />
      ))}
    </ul>
  )
}
