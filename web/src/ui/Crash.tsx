import { useText } from '../i18n/useText'
import { Button } from './Button'

/** What is shown when a page itself broke (a bug, or a part that is no longer on the server). */
export function Crash() {
  const { t } = useText()
  return (
    <main className="mx-auto max-w-3xl px-4 py-16">
      <title>Nanos</title>
      <h1 className="text-2xl">{t('crash.title')}</h1>
      <p className="mt-3 max-w-measure text-muted">{t('crash.text')}</p>
      <Button className="mt-6" onClick={() => window.location.reload()}>
        {t('crash.reload')}
      </Button>
    </main>
  )
}
