import { Suspense, useEffect, useRef, useState } from 'react'
import { LogIn, Menu, Monitor, Moon, Sun } from 'lucide-react'
import { Link, NavigationType, NavLink, Outlet, useLocation, useNavigationType } from 'react-router'
import { useSession } from '../api/queries'
import type { Role } from '../api/types'
import { useText } from '../i18n/useText'
import type { TextKey } from '../i18n/translate'
import { usePreferences, type Theme } from '../state/preferences'
import { ButtonLink, IconButton } from './Button'
import { cx } from './cx'
import { Logo } from './Logo'
import { Sheet } from './Sheet'
import { Bone, Loading, OfflineBar } from './States'
import { Toasts } from './Toasts'

interface Place {
  to: string
  label: TextKey
  for?: readonly Role[]
}

const PLACES: readonly Place[] = [
  { to: '/suche', label: 'nav.search' },
  { to: '/hochladen', label: 'nav.upload' },
  { to: '/meine', label: 'nav.mine', for: ['consumer', 'creator', 'moderator', 'admin'] },
  { to: '/pruefung', label: 'nav.review', for: ['moderator', 'admin'] },
]

function usePlaces(): Place[] {
  const role = useSession()?.user.role
  return PLACES.filter((place) => !place.for || (role && place.for.includes(role)))
}

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const THEME_ICON = { system: Monitor, light: Sun, dark: Moon }

function ThemeButton() {
  const { t } = useText()
  const { theme, setTheme } = usePreferences()
  const Icon = THEME_ICON[theme]
  return (
    <IconButton label={t('theme.switch', { now: t(`theme.${theme}`) })} onClick={() => setTheme(NEXT[theme])}>
      <Icon aria-hidden className="size-5" />
    </IconButton>
  )
}

function LanguageButton() {
  const { language, setLanguage } = usePreferences()
  const other = language === 'de' ? 'en' : 'de'
  return (
    <button
      type="button"
      lang={other}
      onClick={() => void setLanguage(other)}
      className="inline-flex min-h-10 items-center rounded px-2.5 text-sm font-semibold text-muted transition-colors duration-150 hover:bg-surface hover:text-text"
    >
      {other === 'en' ? 'English' : 'Deutsch'}
    </button>
  )
}

function Header() {
  const { t } = useText()
  const session = useSession()
  const places = usePlaces()
  const [menu, setMenu] = useState(false)
  const { pathname, search } = useLocation()
  const next = pathname.startsWith('/anmelden') || pathname.startsWith('/registrieren') ? '' : `?next=${encodeURIComponent(pathname + search)}`
  return (
    <header className="border-b border-line bg-bg">
      <div className="mx-auto flex h-16 max-w-7xl items-center gap-2 px-4 sm:px-6 lg:px-8">
        <Link to="/" className="-ml-1 flex min-h-10 items-center gap-2.5 rounded px-1 text-lg font-semibold tracking-tight text-text no-underline">
          <Logo className="size-7" />
          Nanos
        </Link>
        <nav aria-label={t('nav.main')} className="ml-6 hidden h-full items-stretch gap-1 md:flex">
          {places.map(({ to, label }) => (
            <NavLink
              key={to}
              to={to}
              className={({ isActive }) =>
                cx(
                  'flex items-center border-b-2 px-3 pt-0.5 no-underline transition-colors duration-150',
                  isActive ? 'border-warm font-semibold text-text' : 'border-transparent text-muted hover:text-text',
                )
              }
            >
              {t(label)}
            </NavLink>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <span className="hidden items-center gap-1 sm:flex">
            <LanguageButton />
            <ThemeButton />
          </span>
          {session === null && (
            <ButtonLink to={`/anmelden${next}`} small className="ml-1">
              <LogIn aria-hidden className="hidden size-4 sm:block" />
              {t('nav.login')}
            </ButtonLink>
          )}
          {session && (
            <Link
              to="/konto"
              title={session.user.display_name}
              className="ml-1 flex min-h-10 items-center gap-2 rounded px-1.5 text-sm font-semibold text-text no-underline hover:bg-surface"
            >
              <span aria-hidden className="flex size-8 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent">
                {session.user.display_name.slice(0, 1).toUpperCase()}
              </span>
              <span className="sr-only lg:not-sr-only lg:max-w-40 lg:truncate">{session.user.display_name}</span>
              <span className="sr-only">, {t('nav.account')}</span>
            </Link>
          )}
          <IconButton label={t('nav.menu')} aria-expanded={menu} aria-haspopup="dialog" onClick={() => setMenu(true)} className="md:hidden">
            <Menu aria-hidden className="size-6" />
          </IconButton>
        </div>
      </div>
      <Sheet open={menu} onClose={() => setMenu(false)} title={t('nav.menu')} side>
        <nav aria-label={t('nav.main')} className="flex flex-col" onClick={() => setMenu(false)}>
          {places.map(({ to, label }) => (
            <NavLink key={to} to={to} className="flex min-h-12 items-center border-b border-line text-lg text-text no-underline aria-[current=page]:font-semibold">
              {t(label)}
            </NavLink>
          ))}
        </nav>
        <div className="mt-6 flex items-center gap-2 sm:hidden">
          <LanguageButton />
          <ThemeButton />
        </div>
      </Sheet>
    </header>
  )
}

function Footer() {
  const { t } = useText()
  return (
    <footer className="mt-auto border-t border-line">
      <div className="mx-auto flex max-w-7xl flex-wrap items-baseline gap-x-8 gap-y-2 px-4 py-8 text-sm text-muted sm:px-6 lg:px-8">
        <p className="max-w-measure">{t('footer.line')}</p>
        <a href="/docs" className="ml-auto inline-flex min-h-6 items-center text-muted underline underline-offset-4">
          {t('footer.api')}
        </a>
      </div>
    </footer>
  )
}

/** On every new page the reader starts at the top and hears its title. */
function useArrival() {
  const { pathname } = useLocation()
  const kind = useNavigationType()
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    if (kind !== NavigationType.Pop) window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [pathname, kind])
  return main
}

/** Header, page and footer. */
export function Shell() {
  const { t } = useText()
  const main = useArrival()
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#inhalt" className="sr-only rounded bg-accent px-4 py-3 font-semibold text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50">
        {t('nav.skip')}
      </a>
      <OfflineBar />
      <Header />
      <main id="inhalt" ref={main} tabIndex={-1} className="flex flex-1 flex-col outline-none">
        <Suspense
          fallback={
            <Loading className="mx-auto w-full max-w-3xl space-y-4 px-4 py-10">
              <Bone className="h-9 w-2/3" />
              <Bone className="h-40 w-full" />
            </Loading>
          }
        >
          <Outlet />
        </Suspense>
      </main>
      <Footer />
      <Toasts />
    </div>
  )
}
