import { useCallback, useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/client'
import { keys } from '../../api/queries'
import type { NanoItem } from '../../api/types'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { useToasts } from '../../state/toasts'

const GRACE = 8000

/** Deletes after a moment in which it can be undone; leaving the page deletes at once. */
export function useRemoval() {
  const text = useText()
  const client = useQueryClient()
  const show = useToasts((state) => state.show)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const waiting = useRef(new Map<string, { timer: number; now: () => void }>())

  useEffect(() => {
    const open = waiting.current
    return () => open.forEach(({ now }) => now())
  }, [])

  const unhide = useCallback((id: string) => setHidden((old) => new Set([...old].filter((other) => other !== id))), [])

  const remove = useCallback(
    (nano: NanoItem) => {
      const now = () => {
        clearTimeout(waiting.current.get(nano.id)?.timer)
        if (!waiting.current.delete(nano.id)) return
        api
          .remove(`nanos/${nano.id}`)
          .catch((error: unknown) => {
            unhide(nano.id)
            show({ tone: 'bad', text: wordsFor(error, text) })
          })
          .finally(() => void client.invalidateQueries({ queryKey: keys.mine }))
      }
      waiting.current.set(nano.id, { timer: window.setTimeout(now, GRACE), now })
      setHidden((old) => new Set([...old, nano.id]))
      show({
        tone: 'good',
        text: text.t('mine.deleted', { title: nano.title }),
        action: {
          label: text.t('action.undo'),
          run: () => {
            clearTimeout(waiting.current.get(nano.id)?.timer)
            if (waiting.current.delete(nano.id)) unhide(nano.id)
          },
        },
      })
    },
    [client, show, text, unhide],
  )
  return { hidden, remove }
}
