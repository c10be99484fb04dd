import { create } from 'zustand'

export interface Toast {
  id: number
  text: string
  tone: 'good' | 'bad'
  action?: { label: string; run: () => void }
}

interface Toasts {
  toasts: Toast[]
  show: (toast: Omit<Toast, 'id'>) => void
  dismiss: (id: number) => void
}

let next = 1

/** Short messages at the edge of the page; one with an action stays longer. */
export const useToasts = create<Toasts>((set) => ({
  toasts: [],
  show: (toast) => {
    const id = next++
    set((state) => ({ toasts: [...state.toasts.slice(-2), { ...toast, id }] }))
    setTimeout(() => set((state) => ({ toasts: state.toasts.filter((other) => other.id !== id) })), toast.action ? 10_000 : 6_000)
  },
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}))
