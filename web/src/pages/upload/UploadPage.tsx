import { useEffect, useRef } from 'react'
import { Check } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { ApiFailure } from '../../api/client'
import { useNano, useSession } from '../../api/queries'
import type { Nano } from '../../api/types'
import { useText } from '../../i18n/useText'
import { cx } from '../../ui/cx'
import { Page } from '../../ui/Page'
import { Bone, Failure, Loading } from '../../ui/States'
import { draftOf, emptyDraft, STEPS, type Draft, type Step } from '../../upload/draft'
import { BecomeCreator } from '../account/BecomeCreator'
import NotFoundPage from '../NotFoundPage'
import { StepDetails } from './StepDetails'
import { StepFile } from './StepFile'
import { StepLicence } from './StepLicence'
import { StepPreview } from './StepPreview'
import { useWizard } from './useWizard'

function Rail({ step, go }: { step: Step; go: (step: Step) => void }) {
  const { t } = useText()
  const at = STEPS.indexOf(step)
  return (
    <nav aria-label={t('upload.steps')}>
      <ol className="grid grid-cols-4 gap-2 lg:grid-cols-1 lg:gap-0">
        {STEPS.map((name, index) => {
          const done = index < at
          const mark = (
            <>
              <span
                aria-hidden
                className={cx(
                  'flex size-8 shrink-0 items-center justify-center rounded-full border text-sm font-semibold tabular-nums',
                  done && 'border-accent bg-accent-soft text-accent',
                  index === at && 'border-accent bg-accent text-on-accent',
                  index > at && 'border-edge text-muted',
                )}
              >
                {done ? <Check className="size-4" /> : index + 1}
              </span>
              <span className={cx('text-xs sm:text-sm lg:text-base', index === at ? 'font-semibold' : 'text-muted')}>{t(`upload.step.${name}`)}</span>
            </>
          )
          const look = 'flex w-full flex-col items-center gap-1.5 rounded py-1 text-center lg:flex-row lg:gap-3 lg:py-2.5 lg:text-left'
          return (
            <li key={name} aria-current={index === at ? 'step' : undefined}>
              {done ? (
                <button type="button" className={cx(look, 'hover:underline')} onClick={() => go(name)}>
                  {mark}
                </button>
              ) : (
                <span className={look}>{mark}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function Steps({ target, fresh, title }: { target: string; fresh: () => Draft; title: string }) {
  const { t } = useText()
  const wizard = useWizard(target, fresh)
  const heading = useRef<HTMLHeadingElement>(null)
  const step = wizard?.draft.step
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current && step && shown.current !== step) {
      window.scrollTo(0, 0)
      heading.current?.focus({ preventScroll: true })
    }
    shown.current = step
  }, [step])
  if (!wizard || !step)
    return (
      <Loading className="mx-auto w-full max-w-5xl px-4 py-10">
        <Bone className="h-64 w-full" />
      </Loading>
    )
  const go = (next: Step) => wizard.change({ step: next })
  return (
    <Page title={title} className="max-w-5xl">
      <h1 className="text-2xl sm:text-3xl">{title}</h1>
      <div className="mt-8 grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <Rail step={step} go={go} />
        <section className="min-w-0">
          <h2 ref={heading} tabIndex={-1} className="mb-5 text-xl outline-none">
            {t(`upload.question.${step}`)}
          </h2>
          {step === 'file' && <StepFile wizard={wizard} onNext={() => go('details')} />}
          {step === 'details' && <StepDetails wizard={wizard} onNext={() => go('licence')} onBack={() => go('file')} />}
          {step === 'licence' && <StepLicence wizard={wizard} onNext={() => go('preview')} onBack={() => go('details')} />}
          {step === 'preview' && <StepPreview wizard={wizard} onBack={() => go('licence')} />}
        </section>
      </div>
    </Page>
  )
}

function Change({ id }: { id: string }) {
  const { t } = useText()
  const { data, error, refetch } = useNano(id)
  if (error instanceof ApiFailure && error.status === 404) return <NotFoundPage />
  if (error)
    return (
      <Page title={t('upload.changeTitle')}>
        <Failure error={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data) return null
  return <Steps target={data.id} fresh={() => draftOf(data satisfies Nano)} title={t('upload.changeTitle')} />
}

/** The upload wizard: file, details, licence, preview. With ?nano= it changes an existing nano. */
export default function UploadPage() {
  const { t, language } = useText()
  const session = useSession()
  const [params] = useSearchParams()
  const nano = params.get('nano')
  if (!session) return null
  if (session.user.role === 'consumer')
    return (
      <Page title={t('upload.pageTitle')}>
        <h1 className="text-2xl sm:text-3xl">{t('creator.title')}</h1>
        <div className="mt-5">
          <BecomeCreator session={session} />
        </div>
      </Page>
    )
  if (nano) return <Change key={nano} id={nano} />
  return <Steps target="new" fresh={() => emptyDraft(language)} title={t('upload.pageTitle')} />
}
