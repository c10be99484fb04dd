import { useEffect, useRef, useState, type RefObject } from 'react'

/** Whether an element has come near the visible part of the page; once seen, it stays so. */
export function useSeen<T extends HTMLElement>(): [RefObject<T | null>, boolean] {
  const element = useRef<T>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const target = element.current
    if (!target || seen) return
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true), { rootMargin: '200px' })
    observer.observe(target)
    return () => observer.disconnect()
  }, [seen])
  return [element, seen]
}
