import type { Color } from './canvas.ts'
import { diverging, grey, inferno, viridis, type ColorScale } from './color-scale.ts'
import { statisticsOf } from './statistics.ts'

const colorScales = { viridis, inferno, grey, diverging } as const

export type ColorScaleName = keyof typeof colorScales

/** Which values the colours of a scale stand for. */
export interface Scale {
  readonly min: number
  readonly max: number
  readonly color: ColorScale
}

/** Spreads a colour scale over values, from the smallest to the largest; a diverging one as far to both sides of zero. */
export function scaleOf(values: Float32Array, name: ColorScaleName): Scale {
  const { min, max } = statisticsOf(values)
  const reach = Math.max(Math.abs(min), Math.abs(max))
  return name === 'diverging' ? { min: -reach, max: reach, color: colorScales[name] } : { min, max, color: colorScales[name] }
}

/** Where a value stands between the ends of a scale: 0 to 1, and in the middle where all values are one. */
export const shareOf = ({ min, max }: Scale, value: number): number => (max > min ? (value - min) / (max - min) : 0.5)

export const colorAt = (scale: Scale, value: number): Color => scale.color(shareOf(scale, value))
