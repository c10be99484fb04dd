import { useState } from 'react'
import type { FacetName, FacetValue, Level, SearchMeta } from '../../api/types'
import { useText } from '../../i18n/useText'
import { LevelIcon } from '../../ui/Level'
import { DURATIONS, FACETS, toggle, type Duration, type SearchState } from './state'
import { useFacetWords } from './words'

const SHORT = 7

interface Props {
  state: SearchState
  go: (next: SearchState) => void
  facets: SearchMeta['facets'] | undefined
}

/** What can be chosen, with counts; what is chosen stays even when nothing matches it. */
function valuesOf(facet: FacetName, state: SearchState, offered: FacetValue[] | undefined): { value: string; count: number }[] {
  const values = offered ?? []
  const missing = state.chosen[facet].filter((value) => !values.some((other) => String(other.value) === value))
  const all = [...values.map(({ value, count }) => ({ value: String(value), count })), ...missing.map((value) => ({ value, count: 0 }))]
  return facet === 'level' ? all.sort((a, b) => a.value.localeCompare(b.value)) : all
}

/** Flips with the click itself, not only when the address has changed. */
function Box({ checked, onFlip }: { checked: boolean; onFlip: () => void }) {
  const [shown, setShown] = useState(checked)
  const [seen, setSeen] = useState(checked)
  if (seen !== checked) {
    setSeen(checked)
    setShown(checked)
  }
  return (
    <input
      type="checkbox"
      className="size-4.5 shrink-0"
      checked={shown}
      onChange={() => {
        setShown(!shown)
        onFlip()
      }}
    />
  )
}

function Facet({ facet, state, go, facets }: Props & { facet: FacetName }) {
  const { t, number } = useText()
  const words = useFacetWords()
  const [all, setAll] = useState(false)
  const values = valuesOf(facet, state, facets?.[facet])
  if (values.length === 0) return null
  const shown = all ? values : values.filter(({ value }, index) => index < SHORT || state.chosen[facet].includes(value))
  return (
    <fieldset className="border-b border-line py-4 first:pt-0">
      <legend className="float-left mb-1 w-full font-semibold">{t(`facet.${facet}`)}</legend>
      <ul className="clear-left">
        {shown.map(({ value, count }) => (
          <li key={value}>
            <label className="flex min-h-8 items-center gap-2.5 py-0.5 leading-snug">
              <Box checked={state.chosen[facet].includes(value)} onFlip={() => go(toggle(state, facet, value))} />
              <span className="flex min-w-0 flex-1 items-center gap-1.5">
                {facet === 'level' && <LevelIcon level={Number(value) as Level} className="size-4 text-muted" />}
                {words.value(facet, value)}
              </span>
              <span className="text-sm text-muted tabular-nums">{number(count)}</span>
            </label>
          </li>
        ))}
      </ul>
      {values.length > shown.length && (
        <button type="button" onClick={() => setAll(true)} className="mt-1 min-h-7 text-sm font-semibold text-accent underline underline-offset-4">
          {t('facet.more', { count: values.length - shown.length })}
        </button>
      )}
    </fieldset>
  )
}

function DurationFacet({ state, go }: Props) {
  const { t } = useText()
  const choices: (Duration | null)[] = [null, ...DURATIONS]
  return (
    <fieldset className="border-b border-line py-4">
      <legend className="float-left mb-1 w-full font-semibold">{t('facet.duration')}</legend>
      <div className="clear-left">
        {choices.map((duration) => (
          <label key={duration ?? 'any'} className="flex min-h-8 items-center gap-2.5 py-0.5 leading-snug">
            <input type="radio" name="duration" className="size-4.5 shrink-0" checked={state.duration === duration} onChange={() => go({ ...state, duration, page: 1 })} />
            {t(duration ? `duration.${duration}` : 'duration.any')}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Every facet, in the order a learner thinks: topic, level, time, format, language, licence. */
export function Facets(props: Props) {
  const [first, second, ...rest] = FACETS
  return (
    <div>
      {[first, second].map((facet) => facet && <Facet key={facet} facet={facet} {...props} />)}
      <DurationFacet {...props} />
      {rest.map((facet) => (
        <Facet key={facet} facet={facet} {...props} />
      ))}
    </div>
  )
}
