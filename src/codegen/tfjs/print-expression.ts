import type { Dim } from '../../compiler/dim/expr.ts'
import { printDimAs } from '../../compiler/dim/print.ts'
import type { Expression } from '../../compiler/primitives/tfjs/expression.ts'

/** What the parts of an expression that are not calls are called where it is printed. */
interface Wording {
  /** `nested` is true inside a call that is itself an argument. */
  readonly argument: (reference: Reference, nested: boolean) => string
  /** The variable that holds an extent of the inputs. */
  readonly extent: (name: string) => string
}

type Reference = Extract<Expression, { readonly kind: 'argument' }>

/** An expression as TypeScript. */
export const printExpression = (expression: Expression, wording: Wording): string => print(expression, wording, 0)

/** `depth` counts the calls around it. */
function print(expression: Expression, wording: Wording, depth: number): string {
  switch (expression.kind) {
    case 'argument':
      return wording.argument(expression, depth > 1)
    case 'literal':
      return printLiteral(expression.value)
    case 'extent':
      return printExtent(expression.dim, wording.extent)
    case 'batch':
      return `${print(expression.of, wording, depth)}.shape[0]`
    case 'array':
      return `[${expression.items.map((item) => print(item, wording, depth)).join(', ')}]`
    case 'call': {
      const args = expression.args.map((arg) => print(arg, wording, depth + 1))
      return `tf.${expression.fn}${depth > 0 ? rankArgument(expression) : ''}(${args.join(', ')})`
    }
  }
}

/** The functions whose result has the rank of a list of extents, and which parameter that is. */
const shapeParameter: Readonly<Record<string, number>> = { ones: 0, zeros: 0, fill: 0, reshape: 1, broadcastTo: 1 }

/** Inside another call TypeScript has nothing to infer such a rank from. */
function rankArgument({ fn, args }: Extract<Expression, { readonly kind: 'call' }>): string {
  const shape = args[shapeParameter[fn] ?? -1]
  return shape?.kind === 'array' ? `<tf.Rank.R${shape.items.length}>` : ''
}

export function printLiteral(value: number | boolean | string | undefined): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return Object.is(value, -0) ? '-0' : String(value)
}

/** An extent as TypeScript arithmetic. */
export const printExtent = (dim: Dim, variable: Wording['extent']): string =>
  printDimAs(dim, {
    variable,
    floor: (inner) => `Math.floor(${inner})`,
    ceil: (inner) => `Math.ceil(${inner})`,
    extreme: (kind, a, b) => `Math.${kind}(${a}, ${b})`,
    times: ' * ',
  })
