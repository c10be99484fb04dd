import { ApiFailure, api } from '../../api/client'
import type { Nano, NanoDraft } from '../../api/types'
import { toNano, type Creation, type Draft } from '../../upload/draft'
import { finishJob } from '../../upload/jobs'

type Saved = NonNullable<Draft['nano']>

/** Writes the nano: created, or changed under its row version. `remember` keeps the attempt at creating it. */
export async function saveNano(draft: Draft, remember: (creation: Creation) => void): Promise<Saved> {
  const body = toNano(draft.values)
  if (draft.nano) return change(draft.nano, body)
  const first = draft.creation ?? { key: newKey(), body }
  remember(first)
  let made: Saved
  try {
    made = saved((await api.post<Nano>('nanos', first.body, { headers: { 'Idempotency-Key': first.key } })).data)
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.code !== 'VALIDATION_ERROR' || same(first.body, body)) throw error
    // what was sent first was refused and nothing came of it; what was mended since is a new attempt
    return saveNano({ ...draft, creation: null }, remember)
  }
  return same(first.body, body) ? made : change(made, body)
}

async function change(nano: Saved, body: NanoDraft): Promise<Saved> {
  const headers = { 'If-Match': `"${nano.row_version}"` }
  return saved((await api.patch<Nano>(`nanos/${nano.id}`, body, { headers })).data)
}

/** Unlike randomUUID this works without TLS as well. */
const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const saved = ({ id, slug, row_version }: Nano): Saved => ({ id, slug, row_version })
const same = (a: NanoDraft, b: NanoDraft): boolean => JSON.stringify(a) === JSON.stringify(b)

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
