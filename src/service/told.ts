import type { Where } from '../compiler/elaborate/sink.ts'
import type { Value } from '../compiler/elaborate/value.ts'
import { isStanding, type Frame, type Span } from '../compiler/text/source.ts'
import type { Analysis, ToldName, ToldValue } from './analysis.ts'

/** What a place was in one call of the block around it: in each turn of the loops around it, in their order. */
export interface InCall<Told> {
  /** Undefined in the body of a model that is compiled itself. */
  readonly frame: Frame | undefined
  readonly told: readonly Told[]
}

interface InCalls<Told> {
  /** In the calls that somebody makes. */
  readonly called: readonly InCall<Told>[]
  /** Where it stands, whoever calls it: its extents are those of its inputs and parameters. */
  readonly standing: InCall<Told> | undefined
}

/** What was told of a place, by the calls in which it was. */
export function byCall<Told extends { readonly where: Where }>(all: readonly Told[]): InCalls<Told> {
  const calls = new Map<Frame | undefined, Told[]>()
  for (const told of all) {
    const there = calls.get(told.where.frame)
    if (there) there.push(told)
    else calls.set(told.where.frame, [told])
  }
  const groups = [...calls].map(([frame, told]) => ({ frame, told }))
  return {
    called: groups.filter(({ frame }) => frame && !isStanding(frame)),
    standing: groups.find(({ frame }) => !frame || isStanding(frame)),
  }
}

/** What the expression of a place was; of a step of a pipe that is a name, what is called and then what comes of it. */
export const valuesAt = ({ start, end }: Span, { values }: Analysis): readonly ToldValue[] =>
  (values.get(start) ?? []).filter(({ span }) => span.end === end)

/** What the name of a place stood for. */
export const namesAt = ({ start }: Span, { names }: Analysis): readonly ToldName[] => names.get(start) ?? []

/** The last value that a place had which is one of a kind. */
export const lastOf = <K extends Value['kind']>(
  kind: K,
  told: readonly { readonly value: Value }[],
): (Value & { readonly kind: K }) | undefined =>
  told.map(({ value }) => value).findLast((value): value is Value & { readonly kind: K } => value.kind === kind)
