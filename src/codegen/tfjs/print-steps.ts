import { keyOf } from '../../compiler/dim/expr.ts'
import { printShape } from '../../compiler/dim/print.ts'
import { hasBatch, type Node, type Shape, type TensorType } from '../../compiler/graph/graph.ts'
import { callCount } from './apply.ts'
import { headingsOf } from './heading.ts'
import { isNumber, type ModuleNames } from './module-names.ts'
import { argumentOf, type Plan, type Step } from './plan.ts'
import { printExpression } from './print-expression.ts'
import { tensorType } from './tensor-type.ts'

/** The statements that compute a list of values, in paragraphs by scope; `read` is how a value is read there. */
export function printSteps(
  steps: readonly Step[],
  plan: Plan,
  names: ModuleNames,
  read: (node: Node) => string,
): readonly string[] {
  const headings = headingsOf(steps.map(({ node }) => node.segments))
  return steps.flatMap((step, i) => [
    ...(i > 0 && headings[i] === headings[i - 1] ? [] : paragraph(headings[i]!)),
    printStep(step, plan, names, read),
    ...printDisposal(step, names),
  ])
}

const paragraph = (heading: string): readonly string[] => (heading === '' ? [''] : ['', `// ${heading}`])

function printStep({ node, expression, reads }: Step, plan: Plan, names: ModuleNames, read: (node: Node) => string): string {
  const allNumbers = reads.every(isNumber)
  const text = printExpression(expression, {
    argument: (reference, nested) => {
      const value = plan.valueOf(argumentOf(node, reference))
      // a number has no type from which TypeScript could infer the result's
      return isNumber(value) && (nested || allNumbers) ? `tf.scalar(${read(value)})` : read(value)
    },
    extent: names.extent,
  })
  const value = callCount(expression) > 1 ? `tf.tidy(() => ${text})` : text
  const { shape } = node.type
  const comment = shape.length === 0 || reads.some(({ type }) => sameShape(type.shape, shape)) ? '' : ` // ${printShape(shape)}`
  return `const ${names.local(node)}: ${tensorType(rankOf(node.type))} = ${value}${comment}`
}

const printDisposal = ({ last }: Step, names: ModuleNames): readonly string[] => {
  const done = last.map(names.local)
  if (done.length === 0) return []
  return [done.length === 1 ? `${done[0]}.dispose()` : `tf.dispose([${done.join(', ')}])`]
}

export const rankOf = (type: TensorType): number => type.shape.length + (hasBatch(type) ? 1 : 0)

const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every(({ dim }, axis) => keyOf(dim) === keyOf(b[axis]!.dim))
