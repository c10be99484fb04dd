import { useState } from 'react'
import { Check, Copy, Scale } from 'lucide-react'
import type { Nano } from '../../api/types'
import { useText } from '../../i18n/useText'
import { Button } from '../../ui/Button'
import { licenceAddress } from '../../ui/licences'

/** The licence with its text's address and an attribution that can be copied. */
export function LicenceBox({ nano }: { nano: Nano }) {
  const { t } = useText()
  const [copied, setCopied] = useState(false)
  const licence = nano.licence ?? ''
  const address = licenceAddress(licence, nano.licence_url)
  const author = nano.attribution ?? nano.creator.display_name ?? nano.creator.username
  const text = `„${nano.title}“, ${author}, ${licence}${address ? ` (${address})` : ''}`
  async function copy() {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <div>
      <h3 className="flex items-center gap-2 font-semibold">
        <Scale aria-hidden className="size-4 text-muted" />
        {t('licence.title')}
      </h3>
      <p className="mt-1">
        {address ? (
          <a href={address} rel="license noreferrer" className="inline-flex min-h-6 items-center font-semibold text-accent underline underline-offset-4">
            {licence}
          </a>
        ) : (
          <span className="font-semibold">{licence}</span>
        )}
      </p>
      {nano.licence_terms && <p className="mt-1 text-sm text-muted">{nano.licence_terms}</p>}
      <p className="mt-2 rounded-sm bg-surface px-3 py-2 text-sm hyphens-manual break-words text-muted">{text}</p>
      <Button small className="mt-2" onClick={() => void copy()}>
        {copied ? <Check aria-hidden className="size-4 text-good" /> : <Copy aria-hidden className="size-4" />}
        <span aria-live="polite">{copied ? t('licence.copied') : t('licence.copy')}</span>
      </Button>
    </div>
  )
}
