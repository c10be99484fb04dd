import { useText } from '../i18n/useText'
import { ButtonLink } from '../ui/Button'
import { Page } from '../ui/Page'

export default function NotFoundPage() {
  const { t } = useText()
  return (
    <Page title={t('notFound.title')}>
      <p className="text-4xl font-semibold text-muted" aria-hidden>
        404
      </p>
      <h1 className="mt-2 text-2xl sm:text-3xl">{t('notFound.title')}</h1>
      <p className="mt-3 max-w-measure text-muted">{t('notFound.text')}</p>
      <div className="mt-8 flex flex-wrap gap-3">
        <ButtonLink to="/suche" look="primary">
          {t('notFound.search')}
        </ButtonLink>
        <ButtonLink to="/">{t('notFound.home')}</ButtonLink>
      </div>
    </Page>
  )
}
