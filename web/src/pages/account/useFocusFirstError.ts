import { useEffect, useRef, type RefObject } from 'react'

/** Moves the focus to the first field of a form that has an error. */
export function useFocusFirstError(errors: Record<string, string>): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  const names = Object.keys(errors).join(' ')
  useEffect(() => {
    if (names) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [names])
  return form
}
