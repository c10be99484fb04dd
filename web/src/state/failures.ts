import { ApiFailure } from '../api/client'
import type { TextKey } from '../i18n/translate'
import type { Text } from '../i18n/useText'

const BY_CODE: Partial<Record<string, TextKey>> = {
  NETWORK: 'error.network',
  VALIDATION_ERROR: 'error.validation',
  UNAUTHORIZED: 'error.unauthorized',
  TOKEN_EXPIRED: 'error.unauthorized',
  FORBIDDEN: 'error.forbidden',
  EMAIL_NOT_VERIFIED: 'error.emailNotVerified',
  ACCOUNT_SUSPENDED: 'error.suspended',
  CSRF_FAILED: 'error.stale',
  ENTITLEMENT_REQUIRED: 'error.forbidden',
  NOT_FOUND: 'error.notFound',
  CONFLICT: 'error.conflict',
  ALREADY_RATED: 'error.alreadyRated',
  INVALID_TRANSITION: 'error.transition',
  VERSION_EXISTS: 'error.versionExists',
  GONE: 'error.gone',
  PRECONDITION_FAILED: 'error.precondition',
  PAYLOAD_TOO_LARGE: 'error.tooLarge',
  ACCOUNT_LOCKED: 'error.locked',
  RATE_LIMITED: 'error.rateLimited',
  DEPENDENCY_DOWN: 'error.dependency',
  SCAN_UNAVAILABLE: 'error.scan',
  INTERNAL: 'error.internal',
}

/** A failure in the reader's words; what the server wrote is never shown as it came. */
export function wordsFor(error: unknown, { t, seconds }: Text): string {
  if (!(error instanceof ApiFailure)) return t('error.unknown')
  const wait = error.retryAfter === null ? t('error.shortly') : seconds(error.retryAfter)
  return t(BY_CODE[error.code] ?? 'error.unknown', { wait })
}

const BY_DETAIL: readonly (readonly [RegExp, TextKey])[] = [
  [/required|missing|blank|empty/i, 'field.required'],
  [/too_short|short/i, 'field.tooShort'],
  [/too_long|long|too_many/i, 'field.tooLong'],
  [/taken|exists|duplicate/i, 'field.taken'],
  [/weak|common|breached/i, 'field.weak'],
  [/range|min|max/i, 'field.range'],
  [/format|pattern|invalid|unknown/i, 'field.invalid'],
]

/** What each field of a form got wrong, by the field's name on the wire. */
export function fieldErrors(error: unknown, { t }: Text): Record<string, string> {
  if (!(error instanceof ApiFailure)) return {}
  return Object.fromEntries(
    error.details
      .filter((detail) => detail.field !== undefined)
      .map(({ field = '', code = '' }) => {
        const key = BY_DETAIL.find(([pattern]) => pattern.test(code))?.[1] ?? 'field.invalid'
        return [field.replace(/[.[].*$/, ''), t(key)]
      }),
  )
}
