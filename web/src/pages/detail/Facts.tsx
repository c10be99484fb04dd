import type { ReactNode } from 'react'
import { Clock, Download, Languages, Package, RefreshCw, User } from 'lucide-react'
import type { Nano } from '../../api/types'
import { useText } from '../../i18n/useText'
import { FORMATS } from '../../ui/formats'
import { LevelIcon } from '../../ui/Level'

function Fact({ icon, label, children, note }: { icon: ReactNode; label: string; children: ReactNode; note?: string }) {
  return (
    <div className="min-w-0 py-2">
      <dt className="flex items-center gap-3 text-sm text-muted [&>svg]:size-4.5">
        {icon}
        {label}
      </dt>
      <dd className="pl-7.5">
        {children}
        {note && <span className="mt-0.5 block text-sm text-muted">{note}</span>}
      </dd>
    </div>
  )
}

/** Level with its meaning, time, language, formats, creator, date and downloads. */
export function FactList({ nano }: { nano: Nano }) {
  const { t, minutes, tongue, list, date, number } = useText()
  const formats = nano.formats.map((format) => {
    const known = FORMATS[format]
    return known ? t(known.key) : format
  })
  return (
    <dl className="grid gap-x-6 sm:max-lg:grid-cols-2">
      <Fact icon={<LevelIcon level={nano.level} className="size-4.5" />} label={t('detail.level')} note={t(`level.${nano.level}.explained`)}>
        {t(`level.${nano.level}`)}
      </Fact>
      <Fact icon={<Clock aria-hidden />} label={t('detail.duration')}>
        {minutes(nano.duration_minutes)}
      </Fact>
      <Fact icon={<Languages aria-hidden />} label={t('detail.language')}>
        {tongue(nano.language)}
      </Fact>
      <Fact icon={<Package aria-hidden />} label={t('detail.formats')}>
        {list(formats)}
      </Fact>
      <Fact icon={<User aria-hidden />} label={t('detail.creator')}>
        {nano.creator.display_name ?? nano.creator.username}
      </Fact>
      <Fact icon={<RefreshCw aria-hidden />} label={t('detail.updated')}>
        <time dateTime={nano.updated_at}>{date(nano.updated_at)}</time>
      </Fact>
      <Fact icon={<Download aria-hidden />} label={t('detail.downloads')}>
        {number(nano.downloads)}
      </Fact>
    </dl>
  )
}
