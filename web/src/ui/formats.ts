import { BookOpenText, CirclePlay, FileQuestion, Headphones, MousePointerClick, type LucideIcon } from 'lucide-react'
import type { TextKey } from '../i18n/translate'

/** The formats a nano can have, with their icon and word. */
export const FORMATS: Record<string, { icon: LucideIcon; key: TextKey }> = {
  text: { icon: BookOpenText, key: 'format.text' },
  video: { icon: CirclePlay, key: 'format.video' },
  audio: { icon: Headphones, key: 'format.audio' },
  quiz: { icon: FileQuestion, key: 'format.quiz' },
  interactive: { icon: MousePointerClick, key: 'format.interactive' },
}
