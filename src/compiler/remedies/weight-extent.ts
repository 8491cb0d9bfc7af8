import { keyOf } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { textOf, userOrigin } from '../text/source.ts'
import { isPictureTurned } from '../reading/channels-first.ts'
import { turnedMaps } from './channels-first/turned-maps.ts'
import { expressionAt } from './written.ts'
import type { Remedy } from './remedy.ts'
import { reasonsOf } from '../elaborate/reports/reasons.ts'
import { calleeName } from '../syntax/callee-name.ts'
import { pooledInstead } from './vector-step.ts'
import { writing } from '../fixes/writing.ts'
import { labelText } from '../text/label-text.ts'

/** An extent of a weight that depends on the size of the input: another order of the input's axes, or a mean instead of all. */
export const fixedExtent: Remedy<'symbolic-weight'> = ({ extent: { dim, origin } }, ctx) => {
  const isExtentOfInput = ctx.run.builder.inputs.some(({ type }) => type.shape.some((extent) => keyOf(extent.dim) === keyOf(dim)))
  const turned = isExtentOfInput ? turnedMaps(isPictureTurned, ctx) : undefined
  if (turned && turned.fixes.length > 0) return turned
  const pooled = pooledInstead(userOrigin(origin).span, ctx)
  return {
    notes: ['pool.global makes a vector whose length does not depend on the size; an input of a fixed size settles it too'],
    fixes: pooled ? [pooled] : [],
  }
}

/** An extent of a weight that came out below 1: where a width was divided, at least 1 is left of it. */
export const extentLeft: Remedy<'empty-weight'> = ({ extent: { dim, origin } }, ctx) => {
  const { span } = userOrigin(origin)
  const size = printDim(dim)
  const written = textOf(span)
  const expr = expressionAt(span, ctx)
  const computed = expr?.kind === 'call' || expr?.kind === 'chain' ? expr : undefined
  return {
    labels: [
      { origin, ...(computed ? { text: `${written} = ${size}` } : labelText(size, 'decided')) },
      ...(computed && ctx.entry ? reasonsOf(computed, ctx.entry.ctx) : []),
    ],
    fixes: computed?.kind === 'call' && roundings.has(calleeName(computed) ?? '') ? [writing(`max(1, ${written})`, span)] : [],
  }
}

const roundings: ReadonlySet<string> = new Set(['floor', 'ceil', 'round'])
