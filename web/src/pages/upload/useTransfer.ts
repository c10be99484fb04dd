import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiFailure, api } from '../../api/client'
import { hashFile } from '../../upload/hash'
import { prefill } from '../../upload/draft'
import { finishJob } from '../../upload/jobs'
import { pause, transfer, wire, type Progress } from '../../upload/transfer'
import type { Wizard } from './useWizard'

export type Stage =
  | { name: 'idle' }
  | { name: 'hash'; read: number }
  | { name: 'send'; progress: Progress }
  | { name: 'validate'; progress: number | null }
  | { name: 'failed'; error: unknown }

/** Hash, send, validate: one run that can be stopped and taken up again after a reload. */
export function useTransfer({ draft, change }: Wizard) {
  const [stage, setStage] = useState<Stage>({ name: 'idle' })
  const run = useRef<AbortController>(undefined)
  const { file, uploadId, sha256 } = draft

  const start = useCallback(
    async (chosen: File, known: { uploadId: string | null; sha256: string | null }) => {
      run.current?.abort()
      const controller = new AbortController()
      run.current = controller
      const { signal } = controller
      const show = (next: Stage) => {
        if (!signal.aborted) setStage(next)
      }
      try {
        show({ name: 'hash', read: 0 })
        const hash = known.sha256 ?? (await hashFile(chosen, (read) => show({ name: 'hash', read }), signal))
        let id = known.uploadId
        if (id !== null) id = await stillThere(id)
        id ??= (await wire.create(chosen.size, chosen.name, hash)).id
        change({ sha256: hash, uploadId: id })
        await transfer({ file: chosen, id, wire, signal, pause, onProgress: (progress) => show({ name: 'send', progress }) })
        show({ name: 'validate', progress: null })
        const { data } = await api.post<{ job_id: string }>(`uploads/${id}/validate`)
        const job = await finishJob(data.job_id, signal, ({ progress }) => show({ name: 'validate', progress }))
        const report = job.result ?? null
        change((old) => ({ report, values: report?.ok ? prefill(old.values, report) : old.values }))
        show({ name: 'idle' })
      } catch (error) {
        show({ name: 'failed', error })
      }
    },
    [change],
  )

  const choose = useCallback(
    (chosen: File) => {
      change((old) => ({ file: chosen, sha256: null, uploadId: null, report: null, version: old.nano ? old.version : null }))
      void start(chosen, { uploadId: null, sha256: null })
    },
    [change, start],
  )

  const stop = useCallback(() => {
    run.current?.abort()
    change({ file: null, sha256: null, uploadId: null, report: null })
    setStage({ name: 'idle' })
  }, [change])

  const resume = useCallback(() => {
    if (file) void start(file, { uploadId, sha256 })
  }, [file, uploadId, sha256, start])

  const first = useRef(true)
  useEffect(() => {
    if (first.current && file && !draft.report) void start(file, { uploadId, sha256 })
    first.current = false
  }, [file, uploadId, sha256, draft.report, start])
  useEffect(() => () => run.current?.abort(), [])

  return { stage, choose, stop, resume }
}

/** The upload's id while the server still keeps it. */
async function stillThere(id: string): Promise<string | null> {
  try {
    await wire.offset(id)
    return id
  } catch (error) {
    if (error instanceof ApiFailure && (error.status === 404 || error.status === 410)) return null
    throw error
  }
}
