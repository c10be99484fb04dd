import { Fragment } from 'react'
import { piecesOf } from './marks'

/** A text with the found words marked. */
export function Marked({ html, plain }: { html: string | null | undefined; plain: string }) {
  if (!html) return <>{plain}</>
  return (
    <>
      {piecesOf(html).map(({ text, marked }, index) => (marked ? <mark key={index}>{text}</mark> : <Fragment key={index}>{text}</Fragment>))}
    </>
  )
}
