import { useState } from 'react'
import { Download } from 'lucide-react'
import { useLocation } from 'react-router'
import { call } from '../../api/client'
import { useSession } from '../../api/queries'
import type { Nano } from '../../api/types'
import { useText } from '../../i18n/useText'
import { wordsFor } from '../../state/failures'
import { Button, ButtonLink } from '../../ui/Button'
import { FieldError } from '../../ui/Field'

/** Downloads the package; guests are led to sign in and back. */
export function DownloadButton({ nano }: { nano: Nano }) {
  const text = useText()
  const session = useSession()
  const { pathname } = useLocation()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const version = nano.version ?? nano.versions[0]?.version
  if (!version) return null
  if (!session)
    return (
      <ButtonLink to={`/anmelden?next=${encodeURIComponent(pathname)}`} look="primary" className="w-full">
        <Download aria-hidden className="size-5" />
        {text.t('detail.loginToDownload')}
      </ButtonLink>
    )
  const path = `nanos/${nano.id}/versions/${version}/download`
  async function download() {
    setBusy(true)
    setError(undefined)
    try {
      await call('HEAD', path) // renews the session first, so that the browser's own download does not meet a 401
      const link = document.createElement('a')
      link.href = `/api/v1/${path}`
      link.download = ''
      link.click()
    } catch (failure) {
      setError(wordsFor(failure, text))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Button look="primary" className="w-full" disabled={busy} onClick={() => void download()}>
        <Download aria-hidden className="size-5" />
        {text.t('detail.download')}
        {nano.package && <span className="font-normal">({text.bytes(nano.package.size)})</span>}
      </Button>
      <FieldError text={error} />
    </div>
  )
}
