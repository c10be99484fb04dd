/** The licences the form offers, freest first. */
export const OFFERED = ['CC-BY-4.0', 'CC-BY-SA-4.0', 'CC0-1.0', 'CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0'] as const

const ADDRESSES: Record<string, string> = {
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
  'CC-BY-NC-4.0': 'https://creativecommons.org/licenses/by-nc/4.0/',
  'CC-BY-NC-SA-4.0': 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
}

/** Where a licence can be read; only http(s) addresses are ever linked. */
export function licenceAddress(licence: string, given: string | null | undefined): string | null {
  if (given && /^https?:\/\//.test(given)) return given
  if (ADDRESSES[licence]) return ADDRESSES[licence]
  return licence && /^[A-Za-z0-9.+-]+$/.test(licence) && licence !== 'proprietary' ? `https://spdx.org/licenses/${licence}.html` : null
}
