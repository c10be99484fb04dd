import { useCallback, useEffect, useRef, useState } from 'react'
import { forgetDraft, storedDraft, storeDraft, type Draft, type Values } from '../../upload/draft'

export interface Wizard {
  draft: Draft
  change: (part: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => void
  setValues: (part: Partial<Values>) => void
  forget: () => Promise<void>
}

/** The wizard's state, kept in the browser so that a reload loses nothing; undefined until it is read. */
export function useWizard(target: string, fresh: () => Draft): Wizard | undefined {
  const [draft, setDraft] = useState<Draft>()
  const over = useRef(false)
  const start = useRef(fresh)
  useEffect(() => {
    let current = true
    storedDraft(target)
      .catch(() => undefined) // a browser without storage only loses the draft on reload
      .then((stored) => {
        if (current) setDraft(stored ?? start.current())
      })
      .catch(() => undefined)
    return () => {
      current = false
    }
  }, [target])
  useEffect(() => {
    if (draft && !over.current) storeDraft(target, draft).catch(() => undefined)
  }, [target, draft])
  const change = useCallback<Wizard['change']>(
    (part) => setDraft((old) => (old ? { ...old, ...(typeof part === 'function' ? part(old) : part) } : old)),
    [],
  )
  const setValues = useCallback<Wizard['setValues']>((part) => change((old) => ({ values: { ...old.values, ...part } })), [change])
  const forget = useCallback(async () => {
    over.current = true
    await forgetDraft(target)
  }, [target])
  return draft && { draft, change, setValues, forget }
}
