import type { Text } from '../../i18n/useText'

export const MIN_PASSWORD = 10

/** What is wrong with a new password, before the server is asked. */
export function passwordError(password: string, { t }: Text): string | undefined {
  if (!password) return t('field.required')
  return password.length < MIN_PASSWORD ? t('register.passwordShort', { min: MIN_PASSWORD }) : undefined
}
