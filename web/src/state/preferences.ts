import { create } from 'zustand'
import { speak } from '../api/client'
import type { Language } from '../api/types'
import { de } from '../i18n/de'
import type { Dictionary } from '../i18n/translate'

export type Theme = 'system' | 'light' | 'dark'

interface Preferences {
  language: Language
  words: Dictionary
  theme: Theme
  setTheme: (theme: Theme) => void
  setLanguage: (language: Language) => Promise<void>
}

const LANGUAGE = 'nanos.language'
const THEME = 'nanos.theme'

async function wordsOf(language: Language): Promise<Dictionary> {
  return language === 'de' ? de : (await import('../i18n/en')).en
}

function showTheme(theme: Theme): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset.theme
  else dataset.theme = theme
}

/** What this visitor chose about the surface; kept in the browser. */
export const usePreferences = create<Preferences>((set) => ({
  language: 'de',
  words: de,
  theme: 'system',
  setTheme: (theme) => {
    localStorage.setItem(THEME, theme)
    showTheme(theme)
    set({ theme })
  },
  setLanguage: async (language) => {
    const words = await wordsOf(language)
    localStorage.setItem(LANGUAGE, language)
    document.documentElement.lang = language
    speak(language)
    set({ language, words })
  },
}))

/** Brings back what was chosen before the first paint. */
export async function restorePreferences(): Promise<void> {
  const theme = localStorage.getItem(THEME)
  if (theme === 'light' || theme === 'dark') {
    showTheme(theme)
    usePreferences.setState({ theme })
  }
  if (localStorage.getItem(LANGUAGE) === 'en') await usePreferences.getState().setLanguage('en')
}

/** Whether the visitor has chosen a language here, so that the account's does not override it. */
export function languageChosen(): boolean {
  return localStorage.getItem(LANGUAGE) !== null
}
