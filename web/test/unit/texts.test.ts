import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { de } from '../../src/i18n/de'
import { en } from '../../src/i18n/en'
import { fill, type TextKey } from '../../src/i18n/translate'
import { textOf } from '../../src/i18n/useText'

const keys = Object.keys(de) as TextKey[]
const source = new URL('../../src', import.meta.url).pathname

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort()

describe('texts', () => {
  it('exist in both languages', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort())
    for (const key of keys) {
      expect(de[key].trim(), `de ${key}`).not.toBe('')
      expect(en[key].trim(), `en ${key}`).not.toBe('')
    }
  })

  it('say "du" in German', () => {
    const formal = keys.filter((key) => /\b(Sie|Ihnen|Ihre?[nmrs]?)\b/.test(de[key]))
    expect(formal).toEqual([])
  })

  it('use the same values in both languages', () => {
    for (const key of keys) expect(names(en[key]), key).toEqual(names(de[key]))
  })

  it('are all used somewhere', () => {
    const code = filesBelow(source)
      .filter((file) => !file.includes('/i18n/de') && !file.includes('/i18n/en'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    const patterns = [...code.matchAll(/`([a-z][\w.]*\.)\$\{[^}]+\}([\w.]*)`/gi)].map(([, start = '', end = '']) => ({ start, end }))
    const unused = keys.filter((key) => !code.includes(`'${key}'`) && !patterns.some(({ start, end }) => key.startsWith(start) && key.endsWith(end)))
    expect(unused).toEqual([])
  })
})

describe('fill', () => {
  it('writes numbers and words the way the language does', () => {
    const text = '{count} {count|Treffer|Treffern} zu {query}'
    expect(fill(text, 'de', { count: 1, query: 'x' })).toBe('1 Treffer zu x')
    expect(fill(text, 'de', { count: 1234, query: 'x' })).toBe('1.234 Treffern zu x')
  })

  it('leaves an unknown value standing, so that it is noticed', () => {
    expect(fill('{a} {b}', 'en', { a: 'x' })).toBe('x {b}')
  })
})

describe('formats', () => {
  const german = textOf('de', de)
  it('tell sizes in units people know', () => {
    expect(german.bytes(0)).toBe('0 Byte')
    expect(german.bytes(2_500_000)).toBe('2,5 MB')
    expect(german.bytes(999)).toBe('999 Byte')
  })
  it('tell a time that is near in words', () => {
    expect(german.ago(new Date(Date.now() - 26 * 3_600_000).toISOString())).toBe('gestern')
    expect(german.ago(new Date().toISOString())).toBe('in dieser Minute')
  })
  it('survive a language code that is none', () => {
    expect(german.tongue('not a code!')).toBe('not a code!')
  })
})
