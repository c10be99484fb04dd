import type { Nano } from '../../api/types'
import { licenceAddress } from '../../ui/licences'

/** What search engines read: schema.org's LearningResource. `<` is escaped, so no text can end the script. */
export function jsonLd(nano: Nano, address: string): string {
  const { count, average } = nano.rating
  const data = {
    '@context': 'https://schema.org',
    '@type': 'LearningResource',
    name: nano.title,
    description: nano.description,
    url: address,
    inLanguage: nano.language,
    timeRequired: `PT${nano.duration_minutes}M`,
    keywords: nano.tags,
    license: licenceAddress(nano.licence ?? '', nano.licence_url) ?? nano.licence,
    isAccessibleForFree: nano.exchange === 'free',
    datePublished: nano.published_at ?? undefined,
    dateModified: nano.updated_at,
    version: nano.version ?? undefined,
    author: { '@type': 'Person', name: nano.creator.display_name ?? nano.creator.username },
    ...(count > 0 ? { aggregateRating: { '@type': 'AggregateRating', ratingValue: average, reviewCount: count, bestRating: 5 } } : {}),
  }
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}
