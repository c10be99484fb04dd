/** A drawn cover is a list of shapes in five tones; the same id always gives the same drawing. */
export type Shape =
  | { kind: 'rect'; x: number; y: number; w: number; h: number; r: number; tone: number }
  | { kind: 'circle'; x: number; y: number; r: number; tone: number }
  | { kind: 'path'; d: string; tone: number }

export const WIDTH = 320
export const HEIGHT = 180

/** A small seeded generator (mulberry32); numbers in [0, 1). */
export function randomOf(seed: string): () => number {
  let state = 2166136261
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}

const HUES = [250, 150, 25, 300, 205, 95, 335, 180, 270, 120, 50, 225]

/** The hue of a category, spread over the circle by its name. */
export function hueOf(category: string | undefined): number {
  const random = randomOf(`leaf:${category ?? ''}`)
  return HUES[Math.floor(random() * HUES.length)] ?? 250
}

type Random = () => number

const between = (random: Random, low: number, high: number): number => Math.round(low + random() * (high - low))

function books(random: Random): Shape[] {
  const shapes: Shape[] = []
  const floor = 150
  let x = between(random, 18, 46)
  let warm = between(random, 2, 5)
  while (x < WIDTH - 34) {
    const w = between(random, 12, 30)
    const h = between(random, 58, 112)
    const tone = warm-- === 0 ? 4 : between(random, 1, 3)
    shapes.push({ kind: 'rect', x, y: floor - h, w, h, r: 2, tone })
    if (w > 17) shapes.push({ kind: 'rect', x: x + 4, y: floor - h + 12, w: w - 8, h: 3, r: 1, tone: 0 })
    x += w + between(random, 2, 4)
    if (random() > 0.86) x += between(random, 12, 30)
  }
  shapes.push({ kind: 'rect', x: 0, y: floor, w: WIDTH, h: 5, r: 0, tone: 2 })
  return shapes
}

function hills(random: Random): Shape[] {
  const shapes: Shape[] = [{ kind: 'circle', x: between(random, 50, 270), y: between(random, 42, 70), r: between(random, 18, 28), tone: 4 }]
  for (let layer = 1; layer <= 3; layer++) {
    const top = 58 + layer * 28
    const points = [0, 1, 2, 3].map(() => between(random, -26, 26))
    const [a = 0, b = 0, c = 0, d = 0] = points
    shapes.push({
      kind: 'path',
      tone: layer,
      d: `M0 ${top + a}C80 ${top + b - 22} 110 ${top + b + 18} 175 ${top + c}S270 ${top + d - 20} 320 ${top + d}V180H0Z`,
    })
  }
  return shapes
}

function tiles(random: Random): Shape[] {
  const shapes: Shape[] = []
  const size = 45
  const warm = between(random, 0, 27)
  const corners = ['M0 0H45A45 45 0 0 1 0 45Z', 'M45 0V45A45 45 0 0 1 0 0Z', 'M45 45H0A45 45 0 0 1 45 0Z', 'M0 45V0A45 45 0 0 1 45 45Z']
  for (let index = 0; index < 32; index++) {
    const x = (index % 8) * size - 20
    const y = Math.floor(index / 8) * size
    const pick = random()
    if (pick < 0.22) continue
    const tone = index === warm ? 4 : 1 + Math.floor(random() * random() * 3)
    if (pick > 0.88) shapes.push({ kind: 'circle', x: x + 22.5, y: y + 22.5, r: 13, tone })
    else shapes.push({ kind: 'path', tone, d: shift(corners[Math.floor(random() * 4)] ?? '', x, y) })
  }
  return shapes
}

/** Moves a path by rewriting its first point and making the rest relative to it. */
function shift(path: string, x: number, y: number): string {
  const absolute = /([MHVA])([^MHVAZ]*)/g
  return path.replace(absolute, (_, letter: string, numbers: string) => {
    const values = numbers.trim().split(/[ ,]+/).map(Number)
    const moved =
      letter === 'H' ? [(values[0] ?? 0) + x] : letter === 'V' ? [(values[0] ?? 0) + y] : [...values.slice(0, -2), (values.at(-2) ?? 0) + x, (values.at(-1) ?? 0) + y]
    return letter + moved.join(' ')
  })
}

function rings(random: Random): Shape[] {
  const x = between(random, 70, 250)
  const y = between(random, 60, 140)
  const step = between(random, 22, 30)
  const shapes: Shape[] = []
  for (let ring = 6; ring >= 1; ring--) {
    shapes.push({ kind: 'circle', x, y, r: ring * step, tone: ring % 2 === 0 ? 1 : ring === 3 ? 2 : 0 })
  }
  shapes.push({ kind: 'circle', x, y, r: Math.round(step * 0.72), tone: 4 })
  shapes.push({ kind: 'circle', x: WIDTH - x, y: HEIGHT - y, r: between(random, 8, 15), tone: 3 })
  return shapes
}

function arches(random: Random): Shape[] {
  const shapes: Shape[] = []
  const width = between(random, 74, 92)
  const warm = between(random, 0, 3)
  let x = between(random, -40, 6)
  for (let arch = 0; x < WIDTH; arch++) {
    const top = between(random, 34, 84)
    for (const [ring, tone] of [1, 2, 0, 1].entries()) {
      const inset = ring * (width / 9)
      const radius = width / 2 - inset
      const center = top + width / 2
      const d = `M${round(x + inset)} 180V${round(center)}a${round(radius)} ${round(radius)} 0 0 1 ${round(radius * 2)} 0V180Z`
      shapes.push({ kind: 'path', tone: ring === 3 && arch === warm ? 4 : ring === 3 ? 3 : tone, d })
    }
    x += width + between(random, 4, 10)
  }
  return shapes
}

const round = (value: number): number => Math.round(value * 10) / 10

function sheets(random: Random): Shape[] {
  const shapes: Shape[] = []
  const x = between(random, 60, 150)
  const y = between(random, 22, 42)
  for (let sheet = 2; sheet >= 0; sheet--) {
    shapes.push({ kind: 'rect', x: x + sheet * 22, y: y + sheet * -8 + 14, w: 120, h: 150, r: 8, tone: sheet === 0 ? 0 : sheet + 0 })
  }
  shapes.push({ kind: 'rect', x: x + 16, y: y + 32, w: between(random, 44, 66), h: 8, r: 4, tone: 4 })
  for (let line = 0; line < 5; line++) {
    shapes.push({ kind: 'rect', x: x + 16, y: y + 54 + line * 16, w: between(random, 50, 88), h: 5, r: 2, tone: line === 0 ? 3 : 2 })
  }
  return shapes
}

const DRAWERS = [books, hills, tiles, rings, arches, sheets]

/** A long shelf of books, for the home page. */
export function drawShelf(): Shape[] {
  const random = randomOf('library')
  const shapes: Shape[] = []
  let x = 8
  for (let book = 0; x < 560; book++) {
    const w = between(random, 16, 38)
    const h = between(random, 96, 178)
    shapes.push({ kind: 'rect', x, y: 220 - h, w, h, r: 3, tone: book % 9 === 4 ? 4 : 1 + (between(random, 0, 5) % 3) })
    if (w > 22) shapes.push({ kind: 'rect', x: x + 5, y: 220 - h + 16, w: w - 10, h: 4, r: 2, tone: 0 })
    if (w > 28) shapes.push({ kind: 'rect', x: x + 5, y: 220 - h + 25, w: w - 10, h: 2, r: 1, tone: 0 })
    x += w + between(random, 2, 5)
    if (book % 7 === 5) x += between(random, 18, 40)
  }
  shapes.push({ kind: 'rect', x: 0, y: 220, w: 620, h: 6, r: 3, tone: 2 })
  return shapes
}

/** The shapes of a nano's cover. */
export function drawCover(id: string): Shape[] {
  const random = randomOf(id)
  const draw = DRAWERS[Math.floor(random() * DRAWERS.length)] ?? hills
  return draw(random)
}
