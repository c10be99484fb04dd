import { useState } from 'react'
import { ExternalLink, Maximize2 } from 'lucide-react'
import { useLocation } from 'react-router'
import { ApiFailure } from '../api/client'
import { useTicket } from '../api/queries'
import { useText } from '../i18n/useText'
import { Button, ButtonLink } from './Button'
import { PackageContents } from './PackageContents'
import { Sheet } from './Sheet'
import { Bone, Failure, Loading, Notice } from './States'
import { useSeen } from './useSeen'

function Frame({ url, title, className }: { url: string; title: string; className: string }) {
  return (
    <iframe
      src={url}
      title={title}
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      className={`w-full rounded border border-line bg-[#fff] ${className}`}
    />
  )
}

interface Props {
  id: string
  version: string | null | undefined
  title: string
  height?: string
}

/** The package's own pages, in a frame without an origin; started when somebody looks. */
export function Preview(props: Props) {
  const { t } = useText()
  const [place, seen] = useSeen<HTMLDivElement>()
  const { version } = props
  return <div ref={place}>{version ? <Opened {...props} version={version} seen={seen} /> : <Notice tone="accent">{t('preview.none')}</Notice>}</div>
}

function Opened({ id, version, title, height = 'h-[min(46rem,80vh)]', seen }: Props & { version: string; seen: boolean }) {
  const { t } = useText()
  const { pathname } = useLocation()
  const [large, setLarge] = useState(false)
  const { data, error, isPending, refetch } = useTicket(id, version, seen)
  if (isPending)
    return (
      <Loading>
        <Bone className={`w-full ${height}`} />
      </Loading>
    )
  if (error instanceof ApiFailure && error.status === 401)
    return (
      <div className="flex flex-col items-start gap-4 rounded border border-line bg-surface px-6 py-10 sm:px-10">
        <p className="max-w-measure">{t('preview.login')}</p>
        <ButtonLink to={`/anmelden?next=${encodeURIComponent(pathname)}`}>{t('nav.login')}</ButtonLink>
      </div>
    )
  if (error instanceof ApiFailure && error.status === 409) return <PackageContents id={id} version={version} />
  if (error instanceof ApiFailure && error.code === 'ENTITLEMENT_REQUIRED') return <Notice tone="accent">{t('preview.swap')}</Notice>
  if (error instanceof ApiFailure && (error.status === 404 || error.status === 422))
    return <Notice tone="accent">{t('preview.none')}</Notice>
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return (
    <div>
      <Frame url={data.url} title={t('preview.frame', { title })} className={height} />
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <span>{t('preview.sandbox')}</span>
        <span className="ml-auto flex gap-1">
          <Button look="quiet" small onClick={() => setLarge(true)}>
            <Maximize2 aria-hidden className="size-4" />
            {t('preview.enlarge')}
          </Button>
          <a href={data.url} target="_blank" rel="noreferrer" className="inline-flex min-h-9 items-center gap-1.5 rounded px-3 font-semibold text-accent hover:bg-accent-soft">
            <ExternalLink aria-hidden className="size-4" />
            {t('preview.tab')}
          </a>
        </span>
      </div>
      <Sheet open={large} onClose={() => setLarge(false)} title={title} full>
        <Frame url={data.url} title={t('preview.frame', { title })} className="h-[78dvh]" />
      </Sheet>
    </div>
  )
}
