import { useCategories } from '../../api/queries'
import type { FacetName, Level } from '../../api/types'
import { useText } from '../../i18n/useText'
import { FORMATS } from '../../ui/formats'

/** What a facet's value is called. */
export function useFacetWords() {
  const { t, tongue, category } = useText()
  const { data: categories } = useCategories()
  return {
    value: (facet: FacetName, value: string): string => {
      switch (facet) {
        case 'category': {
          const known = categories?.find(({ slug }) => slug === value)
          return known ? category(known) : value
        }
        case 'level':
          return ['1', '2', '3'].includes(value) ? t(`level.${Number(value) as Level}`) : value
        case 'language':
          return tongue(value)
        case 'format': {
          const known = FORMATS[value]
          return known ? t(known.key) : value
        }
        case 'license':
          return value
      }
    },
  }
}
