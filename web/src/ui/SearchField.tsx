import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { ArrowRight, Search } from 'lucide-react'
import { useSuggestions } from '../api/queries'
import { useText } from '../i18n/useText'
import { cx } from './cx'

interface Props {
  value: string
  onChange: (value: string) => void
  onSubmit: (value: string) => void
  large?: boolean
}

/** The value once it has stayed the same for a while. */
function useSettled(value: string, wait: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return settled
}

/** The search box: a combobox that offers words while one types. */
export function SearchField({ value, onChange, onSubmit, large = false }: Props) {
  const { t } = useText()
  const id = useId()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const settled = useSettled(value, 200)
  const { data: offered = [] } = useSuggestions(open ? settled : '')
  const options = open && value.trim().length >= 2 ? offered.slice(0, 7) : []

  function choose(text: string) {
    setOpen(false)
    setActive(-1)
    onChange(text)
    onSubmit(text)
  }

  function keyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape') {
      setOpen(false)
      setActive(-1)
    } else if (options.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      const places = options.length + 1 // one place is the field itself
      setActive(((active + 1 + step + places) % places) - 1)
    }
  }

  const chosen = options[active]
  return (
    <form
      role="search"
      className="relative w-full"
      onSubmit={(event) => {
        event.preventDefault()
        choose(chosen ?? value)
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t('search.label')}
      </label>
      <Search aria-hidden className={cx('pointer-events-none absolute top-1/2 -translate-y-1/2 text-muted', large ? 'left-4 size-6' : 'left-3 size-5')} />
      <input
        id={id}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={200}
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${id}-${active}` : undefined}
        placeholder={t('search.placeholder')}
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
          setOpen(true)
          setActive(-1)
        }}
        onKeyDown={keyDown}
        onBlur={() => setOpen(false)}
        className={cx('control [&::-webkit-search-cancel-button]:hidden', large ? 'min-h-14 pr-16 pl-12 text-lg sm:pr-28 sm:pl-13' : 'pr-24 pl-10')}
      />
      <button
        type="submit"
        className={cx(
          'absolute right-1.5 top-1/2 -translate-y-1/2 rounded-sm bg-accent px-4 font-semibold text-on-accent transition-colors duration-150 hover:bg-accent-strong',
          large ? 'min-h-11 max-sm:px-3' : 'min-h-8 text-sm',
        )}
      >
        <span className={large ? 'max-sm:sr-only' : ''}>{t('search.submit')}</span>
        {large && <ArrowRight aria-hidden className="size-5 sm:hidden" />}
      </button>
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={t('search.suggestions')}
        hidden={options.length === 0}
        className="absolute inset-x-0 top-full z-30 mt-1 overflow-hidden rounded border border-line bg-raised py-1 shadow-card"
      >
        {options.map((option, index) => (
          <li
            key={option}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => {
              event.preventDefault()
              choose(option)
            }}
            className={cx('cursor-pointer px-4 py-2 hyphens-manual', index === active ? 'bg-accent-soft' : 'hover:bg-surface')}
          >
            {option}
          </li>
        ))}
      </ul>
    </form>
  )
}
