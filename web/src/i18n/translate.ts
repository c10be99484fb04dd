import type { de } from './de'

export type TextKey = keyof typeof de
export type Dictionary = Record<TextKey, string>
export type Values = Record<string, string | number>

const plurals = new Map<string, Intl.PluralRules>()

function pluralOf(language: string, count: number): Intl.LDMLPluralRule {
  let rules = plurals.get(language)
  if (!rules) {
    rules = new Intl.PluralRules(language)
    plurals.set(language, rules)
  }
  return rules.select(count)
}

/**
 * Fills a text: `{name}` is a value, `{count|Treffer|Treffer}` chooses the word for one or for many.
 * Numbers are written the way the language writes them.
 */
export function fill(text: string, language: string, values: Values = {}): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (value === undefined) return whole
    if (one !== undefined && many !== undefined) return pluralOf(language, Number(value)) === 'one' ? one : many
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value
  })
}
