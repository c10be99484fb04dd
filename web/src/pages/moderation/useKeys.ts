import { useEffect, useRef } from 'react'

/** Single keys for the whole page; never while one types or with a modifier. */
export function useKeys(actions: Record<string, () => void>): void {
  const current = useRef(actions)
  useEffect(() => {
    current.current = actions
  })
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input:not([type=radio],[type=checkbox]), textarea, select, dialog')) return
      const action = current.current[event.key]
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}
