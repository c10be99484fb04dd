import { describe, expect, it } from 'vitest'
import { hasChoices, readState, toggle, toQuery, withoutChoices, writeState } from '../../src/pages/search/state'
import { piecesOf } from '../../src/ui/marks'
import { pagesAround } from '../../src/ui/Pager'

const read = (text: string) => readState(new URLSearchParams(text))

describe('the address of a search', () => {
  it('holds all of it and comes back the same', () => {
    const address = '?q=serien+brief&category=text,zeichnen&level=2&duration=15&sort=best&page=3'
    expect(writeState(read(address))).toBe(address)
  })

  it('is empty for an empty search', () => {
    expect(writeState(read(''))).toBe('')
  })

  it('drops what does not exist', () => {
    const state = read('page=-2&sort=random&duration=7&level=9&format=paper')
    expect(state).toMatchObject({ page: 1, sort: 'relevance', duration: null })
    expect(hasChoices(state)).toBe(false)
  })

  it('starts at page 1 after a changed choice', () => {
    const state = toggle(read('page=4'), 'level', '3')
    expect(state.page).toBe(1)
    expect(state.chosen.level).toEqual(['3'])
    expect(toggle(state, 'level', '3').chosen.level).toEqual([])
    expect(hasChoices(withoutChoices(state))).toBe(false)
  })

  it('asks the API for a range of minutes', () => {
    expect(toQuery(read('q=+x+&duration=15'))).toMatchObject({ q: 'x', duration_min: 6, duration_max: 15, page: 1, limit: 20 })
    expect(toQuery(read(''))).toMatchObject({ q: undefined, sort: undefined })
  })
})

describe('a highlighted text', () => {
  it('is taken apart without ever becoming HTML', () => {
    expect(piecesOf('a &lt;b&gt; <mark>Brief</mark> &amp; &#39;x&#x27;')).toEqual([
      { text: 'a <b> ', marked: false },
      { text: 'Brief', marked: true },
      { text: " & 'x'", marked: false },
    ])
  })
  it('keeps other tags as text', () => {
    expect(piecesOf('<script>x</script>')).toEqual([{ text: '<script>x</script>', marked: false }])
  })
})

describe('page numbers', () => {
  it('show the neighbours, the ends and the gaps', () => {
    expect(pagesAround(1, 1)).toEqual([1])
    expect(pagesAround(5, 9)).toEqual([1, null, 4, 5, 6, null, 9])
    expect(pagesAround(2, 3)).toEqual([1, 2, 3])
  })
})
