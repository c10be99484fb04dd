import { ApiFailure, api } from '../api/client'
import type { Job } from '../api/types'

const FIRST = 250
const SLOWEST = 2000

/** Asks for a job until it is over; a failed job is a failure with the job's code. */
export async function finishJob(id: string, signal: AbortSignal, onStage: (job: Job) => void = () => undefined): Promise<Job> {
  for (let wait = FIRST; ; wait = Math.min(SLOWEST, wait * 1.4)) {
    const { data } = await api.get<Job>(`jobs/${id}`, { signal })
    onStage(data)
    if (data.state === 'done') return data
    if (data.state === 'failed') {
      const code = typeof data.error === 'object' && data.error?.code ? data.error.code : 'INTERNAL'
      throw new ApiFailure(422, code, '')
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
    signal.throwIfAborted()
  }
}
