import { memo, type CSSProperties } from 'react'
import { cx } from './cx'
import { drawCover, drawShelf, HEIGHT, hueOf, WIDTH, type Shape } from './drawing'

function Drawing({ shapes }: { shapes: readonly Shape[] }) {
  return shapes.map((shape, index) => {
    const tone = `t${shape.tone}`
    if (shape.kind === 'rect') return <rect key={index} x={shape.x} y={shape.y} width={shape.w} height={shape.h} rx={shape.r} className={tone} />
    if (shape.kind === 'circle') return <circle key={index} cx={shape.x} cy={shape.y} r={shape.r} className={tone} />
    return <path key={index} d={shape.d} className={tone} />
  })
}

/** A shelf of books, drawn once for the home page. */
export function Bookshelf({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 620 226" className={cx('cover block', className)} style={{ '--hue': 250 } as CSSProperties}>
      <Drawing shapes={drawShelf()} />
    </svg>
  )
}

/** The drawn cover of a nano, in its first category's hue; pure decoration. */
export const Cover = memo(function Cover({ id, category, className }: { id: string; category: string | undefined; className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      className={cx('cover block', className)}
      style={{ '--hue': hueOf(category) } as CSSProperties}
    >
      <rect width={WIDTH} height={HEIGHT} className="t0" />
      <Drawing shapes={drawCover(id)} />
    </svg>
  )
})
