import { useMemo } from 'react'
import type { Category } from '../api/types'
import { usePreferences } from '../state/preferences'
import { fill, type TextKey, type Values } from './translate'

export type Translate = (key: TextKey, values?: Values) => string

export interface Text {
  t: Translate
  language: 'de' | 'en'
  number: (value: number) => string
  decimal: (value: number) => string
  date: (iso: string) => string
  ago: (iso: string) => string
  bytes: (size: number) => string
  minutes: (value: number) => string
  seconds: (value: number) => string
  tongue: (code: string) => string
  list: (items: readonly string[]) => string
  category: (category: Category) => string
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** Words and formats of one language. */
export function textOf(language: 'de' | 'en', words: Record<TextKey, string>): Text {
  const t: Translate = (key, values) => fill(words[key], language, values)
  const whole = new Intl.NumberFormat(language)
  const one = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long' })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const listing = new Intl.ListFormat(language)
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value)
  return {
    t,
    language,
    number: (value) => whole.format(value),
    decimal: (value) => one.format(value),
    date: (iso) => day.format(new Date(iso)),
    ago: (iso) => {
      const seconds = (new Date(iso).getTime() - Date.now()) / 1000
      const step = STEPS.find(([, size]) => Math.abs(seconds) >= size)
      return step ? relative.format(Math.round(seconds / step[1]), step[0]) : relative.format(0, 'minute')
    },
    bytes: (size) => {
      const power = size < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(size) / Math.log(1000)))
      return unit(size / 1000 ** power, UNITS[power] ?? 'byte', power < 2 ? 0 : 1)
    },
    minutes: (value) => unit(value, 'minute'),
    seconds: (value) => (value >= 90 ? unit(Math.ceil(value / 60), 'minute') : unit(Math.max(1, Math.ceil(value)), 'second')),
    tongue: (code) => {
      try {
        return names.of(code) ?? code
      } catch {
        return code
      }
    },
    list: (items) => listing.format(items),
    category: (category) => (language === 'de' ? category.name_de : category.name_en),
  }
}

/** The words and formats of the language in use. */
export function useText(): Text {
  const language = usePreferences((state) => state.language)
  const words = usePreferences((state) => state.words)
  return useMemo(() => textOf(language, words), [language, words])
}
