import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { printDim } from '../../dim/print.ts'
import { divisorFixes } from '../divisors.ts'
import { inputAt } from '../input-at.ts'
import type { Context } from '../../elaborate/context.ts'
import { evaluate } from '../../elaborate/evaluate.ts'
import { parameters } from '../../library/names.ts'
import { noRemedies, type Remedies } from '../remedy.ts'
import type { Remedy } from '../remedy.ts'
import { numberEdits } from '../edits/number.ts'
import { stretchFixes } from './fusion-as-operator.ts'
import type { IntValue } from '../../elaborate/value.ts'

type Compared = Expr & { readonly kind: 'compare' }

/** What can be done about a condition that does not hold: another number that divides. */
export const requirementMet: Remedy<'failed-requirement'> = ({ condition }, ctx) => {
  const division = condition.kind === 'compare' ? divisionIn(condition, ctx) : undefined
  const named = division?.isNamed ? forDivision(division, ctx) : noRemedies
  if (named.notes.length + named.fixes.length > 0) return named
  return {
    fixes: [
      ...stretchFixes(ctx),
      ...(division ? nextMultiple(division, ctx) : []),
    ],
  }
}

interface Division {
  readonly whole: IntValue & { readonly dim: number }
  readonly divisor: IntValue
  /** The divisor is a name, not a product of some. */
  readonly isNamed: boolean
}

/** The two numbers of `a % b == 0`. */
function divisionIn({ op, left, right }: Compared, ctx: Context): Division | undefined {
  if (op !== '==' || left.kind !== 'chain' || right.kind !== 'number' || right.value !== 0) return undefined
  const [link, ...others] = left.rest
  if (link?.op !== '%' || others.length > 0) return undefined
  const [whole, divisor] = [evaluate(left.first, ctx), evaluate(link.value, ctx)]
  if (whole.kind !== 'int' || typeof whole.dim !== 'number' || divisor.kind !== 'int') return undefined
  return { whole: { ...whole, dim: whole.dim }, divisor, isNamed: link.value.kind === 'name' }
}

/** A number that is one off: 63 where 64 can be divided. */
function nextMultiple({ whole, divisor }: Division, ctx: Context): readonly Fix[] {
  const by = divisor.dim
  // widths are even, and mostly powers of two
  const multiple =
    typeof by === 'number'
      ? [whole.dim + 1, whole.dim - 1].find((number) => number > 1 && number % by === 0 && twosIn(number) > twosIn(whole.dim))
      : undefined
  if (multiple === undefined || by === 1 || by === 2) return []
  return numberEdits(whole, multiple, ctx).map(({ text, edit }) => ({
    title: `write ${text}, which ${printDim(by)} divides`,
    safety: 'unsafe',
    edits: [edit],
  }))
}

/** How often 2 divides a number. */
const twosIn = (number: number): number => (number % 2 === 0 ? 1 + twosIn(number / 2) : 0)

/** As many groups as filters, of fewer channels: a depthwise convolution, which has as many as channels. */
function oneForEachChannel({ whole, divisor }: Division, ctx: Context): readonly Fix[] {
  const filters = ctx.scope.get(parameters.filters.get(ctx.frame?.name ?? '') ?? '')
  const isDepthwise = filters?.kind === 'int' && filters.dim === divisor.dim && Number(filters.dim) % whole.dim === 0
  return (isDepthwise ? numberEdits(divisor, whole.dim, ctx) : []).map(({ text, edit }) => ({
    title: `write ${text}, one group for each channel`,
    safety: 'unsafe',
    edits: [edit],
  }))
}

const mostShown = 16

function forDivision(division: Division, ctx: Context): Remedies {
  const { dim: whole } = division.whole
  const divisors = Array.from({ length: Math.min(whole, 1_000_000) }, (_, i) => i + 1).filter((one) => whole % one === 0)
  const shown = [...(divisors.length > 1 ? [divisors.slice(0, -1).join(', ')] : []), ...divisors.slice(-1)].join(' and ')
  const [multiple, divided] = [nextMultiple(division, ctx), divisorFixes(division.divisor, [whole], ctx)]
  const isOfInput = inputAt(division.whole.origin.span, ctx) !== undefined
  return {
    notes: divisors.length > mostShown ? [] : [`${whole} can be divided by ${shown}`],
    fixes: [
      ...oneForEachChannel(division, ctx),
      ...(isOfInput ? [...divided, ...multiple] : [...multiple, ...divided]),
    ],
  }
}
