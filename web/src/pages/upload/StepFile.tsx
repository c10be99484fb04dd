import { useState, type DragEvent } from 'react'
import { CircleCheck, FileArchive, RotateCcw, Trash2, Upload } from 'lucide-react'
import { ApiFailure } from '../../api/client'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { Button } from '../../ui/Button'
import { cx } from '../../ui/cx'
import { ReportView } from '../../ui/ReportView'
import { Notice } from '../../ui/States'
import { useTransfer, type Stage } from './useTransfer'
import type { Wizard } from './useWizard'

const MAX = 100_000_000
const ACCEPT = '.zip,.h5p,application/zip'

function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const { t, bytes } = useText()
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string>()
  function take(file: File | null | undefined) {
    if (!file) return
    if (!/\.(zip|h5p)$/i.test(file.name)) setRefused(t('upload.notZip', { name: file.name }))
    else if (file.size > MAX) setRefused(t('upload.tooLarge', { size: bytes(file.size), max: bytes(MAX) }))
    else if (file.size === 0) setRefused(t('upload.emptyFile'))
    else onFile(file)
  }
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    <div
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false)
        take(event.dataTransfer.files[0])
      }}
      className={cx('rounded border-2 border-dashed px-6 py-12 text-center transition-colors duration-150 sm:py-16', over ? 'border-accent bg-accent-soft' : 'border-line bg-surface')}
    >
      <FileArchive aria-hidden strokeWidth={1.5} className="mx-auto size-12 text-warm" />
      <p className="mt-4 text-lg font-semibold">{t('upload.drop')}</p>
      <p className="mx-auto mt-1 max-w-prose text-muted">{t('upload.dropHint', { max: bytes(MAX) })}</p>
      <label className="mt-6 inline-flex min-h-11 items-center gap-2 rounded bg-accent px-5 font-semibold text-on-accent transition-colors duration-150 hover:bg-accent-strong has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent">
        <Upload aria-hidden className="size-5" />
        {t('upload.choose')}
        <input
          type="file"
          accept={ACCEPT}
          className="sr-only"
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      <div role="alert" className="mx-auto mt-4 max-w-prose">
        {refused && <Notice tone="bad">{refused}</Notice>}
      </div>
    </div>
  )
}

function Running({ stage, total }: { stage: Exclude<Stage, { name: 'idle' | 'failed' }>; total: number }) {
  const { t, bytes, seconds } = useText()
  const value = stage.name === 'hash' ? stage.read / total : stage.name === 'send' ? stage.progress.sent / total : stage.progress === null ? null : stage.progress > 1 ? stage.progress / 100 : stage.progress
  const detail =
    stage.name === 'send'
      ? stage.progress.waiting
        ? t('upload.waiting')
        : [t('upload.sent', { sent: bytes(stage.progress.sent), total: bytes(total) }), stage.progress.left === null ? '' : t('upload.left', { time: seconds(stage.progress.left) })].filter(Boolean).join(' · ')
      : ''
  return (
    <div className="mt-5">
      <p role="status" className="font-semibold">
        {t(`upload.stage.${stage.name}`)}
      </p>
      <progress
        aria-label={t(`upload.stage.${stage.name}`)}
        max={1}
        {...(value === null ? {} : { value: Math.min(1, value) })}
        className="mt-2 h-2 w-full overflow-hidden rounded-full bg-line accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
      <p className="mt-1 min-h-6 text-sm text-muted tabular-nums">{detail}</p>
    </div>
  )
}

/** Step 1: a file is chosen, hashed, sent and validated. */
export function StepFile({ wizard, onNext }: { wizard: Wizard; onNext: () => void }) {
  const text = useText()
  const { t, bytes } = text
  const { draft } = wizard
  const { stage, choose, stop, resume } = useTransfer(wizard)
  const { file, report } = draft
  if (!file)
    return (
      <div className="space-y-6">
        <DropZone onFile={choose} />
        {draft.version && (
          <p className="flex flex-wrap items-center gap-3">
            {t('upload.keepText', { version: draft.version })}
            <Button onClick={onNext}>{t('upload.keep')}</Button>
          </p>
        )}
        <p className="max-w-measure text-sm text-muted">{t('upload.kinds')}</p>
      </div>
    )
  return (
    <div className="space-y-6">
      <div className="rounded border border-line bg-raised p-5">
        <div className="flex items-start gap-3">
          <FileArchive aria-hidden className="mt-0.5 size-6 shrink-0 text-warm" />
          <div className="min-w-0 flex-1">
            <p className="font-semibold break-all">{file.name}</p>
            <p className="text-sm text-muted">{bytes(file.size)}</p>
          </div>
          <Button small onClick={stop}>
            {report?.ok === false ? <RotateCcw aria-hidden className="size-4" /> : <Trash2 aria-hidden className="size-4" />}
            {t(report ? 'upload.other' : 'upload.cancel')}
          </Button>
        </div>
        {stage.name !== 'idle' && stage.name !== 'failed' && <Running stage={stage} total={file.size} />}
        {report?.ok && (
          <p role="status" className="mt-4 flex items-center gap-2 font-semibold text-good">
            <CircleCheck aria-hidden className="size-5" />
            {t('upload.ready')}
          </p>
        )}
      </div>
      {stage.name === 'failed' && (
        <div role="alert" className="space-y-3">
          <Notice tone="bad" title={t('upload.failed')}>
            {stage.error instanceof ApiFailure && stage.error.code.startsWith('ZIP_') ? t('upload.invalidZip') : wordsFor(stage.error, text)}
          </Notice>
          <Button onClick={resume}>
            <RotateCcw aria-hidden className="size-5" />
            {t('upload.resume')}
          </Button>
        </div>
      )}
      {report?.ok && (
        <Button look="primary" onClick={onNext}>
          {t('upload.next')}
        </Button>
      )}
      {report && <ReportView report={report} />}
    </div>
  )
}
