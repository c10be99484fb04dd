import { describe, expect, it } from 'vitest'
import type { Finding, Nano, Report } from '../../src/api/types'
import { de } from '../../src/i18n/de'
import { textOf } from '../../src/i18n/useText'
import { safeNext } from '../../src/pages/account/next'
import { jsonLd } from '../../src/pages/detail/jsonLd'
import { checkDetails, checkLicence, checkVersion } from '../../src/pages/upload/check'
import { drawCover, HEIGHT, hueOf, WIDTH } from '../../src/ui/drawing'
import { licenceAddress } from '../../src/ui/licences'
import { treeOf } from '../../src/ui/tree'
import { compareVersions, emptyDraft, nextVersion, prefill, tagsOf, toNano } from '../../src/upload/draft'

const text = textOf('de', de)
const finding = (entry: string): Finding => ({ severity: 'error', code: 'ZIP_SYMLINK', entry, rule_de: '', rule_en: '', remedy_de: '', remedy_en: '' })
const report = (metadata: Report['metadata'], kind = 'html'): Report => ({ ok: true, kind, sha256: '', size: 1, entries: 1, unpacked_size: 1, launch_file: null, findings: [], files: [], metadata: metadata ?? null })

describe('a drawn cover', () => {
  it('is the same for the same id, and differs between ids', () => {
    expect(drawCover('a')).toEqual(drawCover('a'))
    expect(new Set(Array.from({ length: 50 }, (_, index) => JSON.stringify(drawCover(`id${index}`)))).size).toBe(50)
  })
  it('uses only finite numbers and its five tones', () => {
    for (let index = 0; index < 200; index++)
      for (const shape of drawCover(`id${index}`)) {
        expect([0, 1, 2, 3, 4]).toContain(shape.tone)
        if (shape.kind === 'path') expect(shape.d).not.toMatch(/NaN|undefined|Infinity/)
        else expect(shape.x + shape.y).toBeLessThan(4 * (WIDTH + HEIGHT))
      }
  })
  it('has the hue of its category', () => {
    expect(hueOf('textverarbeitung')).toBe(hueOf('textverarbeitung'))
    expect(hueOf(undefined)).toBeGreaterThanOrEqual(0)
  })
})

describe('the tree of a package', () => {
  it('nests folders, counts files and marks where a finding is', () => {
    const tree = treeOf([{ path: 'index.html', size: 1 }, { path: 'a/b/c.png', size: 2 }, { path: 'a/d.png', size: 3 }, { path: 'a/', size: 0 }], [finding('a/b/c.png')])
    expect(tree.map(({ name }) => name)).toEqual(['a', 'index.html'])
    expect(tree[0]).toMatchObject({ files: 2, troubled: true })
    expect(tree[1]).toMatchObject({ troubled: false, size: 1 })
  })
  it('shows an entry that was never listed', () => {
    const tree = treeOf([], [finding('../x')])
    expect(tree[0]?.children[0]).toMatchObject({ path: '../x', name: 'x', troubled: true })
  })
  it('puts up with odd names', () => {
    expect(treeOf([{ path: '/etc/passwd', size: 1 }], [finding('/')]).length).toBeGreaterThan(0)
  })
})

describe('the form', () => {
  const { values } = emptyDraft('de')
  it('names every field that is missing', () => {
    expect(Object.keys(checkDetails(values, text)).sort()).toEqual(['categories', 'description', 'duration', 'formats', 'level', 'title'])
    expect(Object.keys(checkLicence(values, text))).toEqual(['rights'])
  })
  it('holds the limits of the API', () => {
    const full = { ...values, title: 'abc', description: 'x', duration: '601', level: 2 as const, formats: ['text'], categories: ['a', 'b', 'c', 'd', 'e', 'f'], tags: 'x'.repeat(41) }
    expect(Object.keys(checkDetails(full, text)).sort()).toEqual(['categories', 'duration', 'tags'])
  })
  it('is filled in advance, but never over what was typed', () => {
    const filled = prefill({ ...values, title: 'Mein Titel' }, report({ title: 'Anderer', licence: 'MPL-2.0', authors: ['A', 'B'], language: 'en' }, 'h5p'))
    expect(filled).toMatchObject({ title: 'Mein Titel', licence: 'MPL-2.0', attribution: 'A, B', language: 'en', formats: ['interactive'] })
  })
  it('sends clean lists', () => {
    expect(tagsOf(' a, b ,,a\nc')).toEqual(['a', 'b', 'c'])
    expect(toNano({ ...values, objectives: ' x \n\n y', rights: true })).toMatchObject({ objectives: ['x', 'y'], rights_confirmed: true, details_md: null })
  })
  it('wants a higher version number than the last', () => {
    const draft = { ...emptyDraft('de'), report: report(null), version: '1.2.0' }
    const check = (semver: string) => checkVersion({ ...draft, values: { ...draft.values, semver } }, text).semver
    expect(check('1.10.0')).toBeUndefined()
    expect(check('1.2.0')).toContain('1.2.0')
    expect(check('2')).toBeDefined()
    expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0)
    expect(nextVersion('1.9.3')).toBe('1.10.0')
  })
})

describe('addresses', () => {
  it('lead back only into this app', () => {
    expect(safeNext('/nano/x?y=1')).toBe('/nano/x?y=1')
    for (const bad of [null, '', 'https://x', '//x', '/\\x', 'javascript:1']) expect(safeNext(bad)).toBe('/')
  })
  it('of licences are web addresses or none', () => {
    expect(licenceAddress('CC-BY-4.0', null)).toContain('/by/4.0/')
    expect(licenceAddress('MPL-2.0', 'javascript:alert(1)')).toContain('MPL-2.0')
    expect(licenceAddress('proprietary', null)).toBeNull()
  })
})

describe('JSON-LD', () => {
  it('cannot break out of its script', () => {
    const nano = { title: '</script><b>', tags: [], rating: { count: 0, average: null }, creator: { username: 'x' }, licence: null, licence_url: null } as unknown as Nano
    const json = jsonLd(nano, 'http://x/')
    expect(json).not.toContain('<')
    expect(JSON.parse(json)).toMatchObject({ name: '</script><b>' })
  })
})
