import { api } from '../../api/client'
import type { Nano } from '../../api/types'
import { toNano, type Draft } from '../../upload/draft'
import { finishJob } from '../../upload/jobs'

/** Writes the nano: created, or changed under its row version. */
export async function saveNano(draft: Draft): Promise<NonNullable<Draft['nano']>> {
  const body = toNano(draft.values)
  const { data } = draft.nano
    ? await api.patch<Nano>(`nanos/${draft.nano.id}`, body, { headers: { 'If-Match': `"${draft.nano.row_version}"` } })
    : await api.post<Nano>('nanos', body)
  return { id: data.id, slug: data.slug, row_version: data.row_version }
}

/** Makes the upload a version of the nano. */
export async function saveVersion(draft: Draft, nanoId: string, signal: AbortSignal): Promise<string> {
  const { semver, changelog } = draft.values
  const { data } = await api.post<{ job_id: string }>(`nanos/${nanoId}/versions`, {
    upload_id: draft.uploadId,
    semver,
    changelog: changelog.trim() || null,
  })
  await finishJob(data.job_id, signal)
  return semver
}

/** The nano's row version as the server has it now. */
export async function currentRow(nanoId: string): Promise<number> {
  return (await api.get<Nano>(`nanos/${nanoId}`)).data.row_version
}
