import type { Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Initializer } from '../graph/initializer.ts'
import { userOrigin, type Origin, type Span } from '../text/source.ts'

export type ExtentJson = number | string

/** Finite numbers as themselves, the others as `Infinity`, `-Infinity`, `NaN`, `-0`. */
export type NumberJson = number | string

export interface SpanJson {
  readonly file: string
  readonly start: number
  readonly end: number
  /** Whether it stands in the standard library. */
  readonly library?: true
}

export type InitializerJson = { readonly kind: string } & Readonly<Record<string, NumberJson | readonly NumberJson[]>>

export const numberToJson = (value: number): NumberJson => {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}

export const extentToJson = (dim: Dim): ExtentJson => (typeof dim === 'number' ? dim : printDim(dim))

export const spanToJson = ({ source: { path, library }, start, end }: Span): SpanJson => ({
  file: path,
  start,
  end,
  ...(library && { library }),
})

/** The place in a user's file, where there is one. */
export const originToJson = (origin: Origin): readonly SpanJson[] => {
  const { span } = userOrigin(origin)
  return span.source.path === '' ? [] : [spanToJson(span)]
}

export const initializerToJson = ({ kind, ...settings }: Initializer): InitializerJson => {
  const entries = Object.entries(settings).map(([name, value]: [string, NumberJson | readonly number[]]) => [
    name,
    typeof value === 'object' ? value.map(numberToJson) : typeof value === 'number' ? numberToJson(value) : value,
  ])
  return { kind, ...Object.fromEntries(entries) }
}

export const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
