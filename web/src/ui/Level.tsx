import type { Level as Step } from '../api/types'
import { useText } from '../i18n/useText'
import type { TextKey } from '../i18n/translate'
import { cx } from './cx'

const NAMES: Record<Step, TextKey> = { 1: 'level.1', 2: 'level.2', 3: 'level.3' }
const BARS = [
  { x: 1, y: 10 },
  { x: 6, y: 6 },
  { x: 11, y: 2 },
]

/** Three rising steps, as many filled as the level is high. */
export function LevelIcon({ level, className }: { level: Step; className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 16 16" className={cx('size-4 shrink-0', className)}>
      {BARS.map(({ x, y }, index) => (
        <rect
          key={x}
          x={x + 0.5}
          y={y + 0.5}
          width="3"
          height={14 - y}
          rx="1"
          fill={index < level ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1"
        />
      ))}
    </svg>
  )
}

/** The level as a shape and a word. */
export function Level({ level }: { level: Step }) {
  const { t } = useText()
  return (
    <span className="inline-flex items-center gap-1.5">
      <LevelIcon level={level} />
      {t(NAMES[level])}
    </span>
  )
}
