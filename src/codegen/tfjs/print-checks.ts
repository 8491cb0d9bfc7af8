import { keyOf } from '../../compiler/dim/expr.ts'
import { printDim } from '../../compiler/dim/print.ts'
import { extentOf, knowledgeOf } from '../../compiler/dim/variable.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import type { ModuleNames } from './module-names.ts'
import { printExtent } from './print-expression.ts'

/** The statements that read the inputs' extents and refuse inputs the model was not checked for. */
export function printChecks(graph: Graph, names: ModuleNames): readonly string[] {
  return [
    ...printExtents(graph, names),
    ...printShapes(graph, names),
    ...printKnowledge(graph, names),
    ...printRequirements(graph, names),
  ]
}

/** `const H = image.shape[1]` */
const printExtents = ({ extents, inputs }: Graph, names: ModuleNames): readonly string[] =>
  extents.map((variable) => {
    const key = keyOf(extentOf(variable))
    const isExtent = ({ dim }: { readonly dim: Parameters<typeof keyOf>[0] }): boolean => keyOf(dim) === key
    const input = inputs.find(({ type }) => type.shape.some(isExtent))!
    return `const ${names.extent(variable.name)} = ${names.local(input)}.shape[${input.type.shape.findIndex(isExtent) + 1}]`
  })

const printShapes = ({ inputs }: Graph, names: ModuleNames): readonly string[] =>
  inputs.map((input) => {
    const sizes = input.type.shape.map(({ dim }) => printExtent(dim, names.extent))
    return `expectShape(${JSON.stringify(input.name)}, ${names.local(input)}, [${sizes.join(', ')}])`
  })

const printKnowledge = ({ extents }: Graph, names: ModuleNames): readonly string[] =>
  extents.flatMap((variable) => {
    const { modulus, remainder, min, max } = knowledgeOf(variable)
    const name = names.extent(variable.name)
    const lowest = remainder === 0 ? modulus : remainder
    return [
      ...(modulus === 1
        ? []
        : [refuse(`${name} % ${modulus} !== ${remainder}`, `${variable.name} % ${modulus} must be ${remainder}`)]),
      ...(min <= lowest ? [] : [refuse(`${name} < ${min}`, `${variable.name} must be at least ${min}`)]),
      ...variable.relations.flatMap(({ kind, other, by }) => {
        const least = by === 0 ? '' : ` + ${by}`
        return kind === 'most'
          ? []
          : [refuse(`${name} < ${names.extent(other)}${least}`, `${variable.name} must be at least ${other}${least}`)]
      }),
      ...(max === Infinity ? [] : [refuse(`${name} > ${max}`, `${variable.name} must be at most ${max}`)]),
    ]
  })

const printRequirements = ({ requirements }: Graph, names: ModuleNames): readonly string[] =>
  requirements.map(({ extent, path }) =>
    refuse(`${printExtent(extent, names.extent)} < 1`, `the input is too small: ${path} would be empty (${printDim(extent)})`),
  )

const refuse = (condition: string, message: string): string =>
  `if (${condition}) throw new RangeError(${JSON.stringify(message)})`

/** The function the checks call. */
export const expectShapeSource = `
function expectShape(name: string, input: tf.Tensor, shape: readonly number[]): void {
  const [, ...actual] = input.shape
  if (actual.length === shape.length && actual.every((size, axis) => size === shape[axis])) return
  throw new RangeError(\`\${name} must be [batch, \${shape.join(', ')}], not [\${input.shape.join(', ')}]\`)
}`
