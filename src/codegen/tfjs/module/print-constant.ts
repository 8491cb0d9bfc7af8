import { printDim } from '../../../compiler/dim/print.ts'
import type { ConstantNode } from '../../../compiler/graph/graph.ts'
import type { Names } from './module-names.ts'
import { printLiteral } from './print-extent.ts'

/** From so many elements on a constant is a text, and is uploaded once for all runs of a handle. */
const many = 64

export const isLarge = ({ values }: ConstantNode): boolean => values.length > many

export function printConstant(name: string, { values, type }: ConstantNode, names: Names): string {
  const rank = type.shape.length
  const shape = `[${type.shape.map(({ dim }) => printDim(dim)).join(', ')}]`
  const list = printValues(values, names)
  return `const ${name} = (): tf.Tensor${rank}D => tf.tensor${rank}d(${list}${rank === 1 ? '' : `, ${shape}`})`
}

/** Two values as a text of two characters, others as the base64 of their bytes; few as they are. */
function printValues(values: readonly number[], { runtime }: Names): string {
  if (values.length <= many) return `[${values.map((value) => printLiteral(value)).join(', ')}]`
  const [low, high, ...others] = [...new Set(values)].sort((a, b) => a - b)
  if (low !== undefined && high !== undefined && others.length === 0 && Number.isFinite(low + high)) {
    return `Array.from('${values.map((value) => (value === high ? '#' : '.')).join('')}', (sign) => (sign === '#' ? ${printLiteral(high)} : ${printLiteral(low)}))`
  }
  return `${runtime('floats')}('${Buffer.from(Float32Array.from(values).buffer).toString('base64')}')`
}
