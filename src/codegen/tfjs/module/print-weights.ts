import type { WeightNode } from '../../../compiler/graph/graph.ts'
import { namedInitializers, type Initializer } from '../../../compiler/graph/initializer.ts'
import { loopName } from './names.ts'
import { printLiteral } from './print-extent.ts'
import { tensorType } from './tensor-type.ts'
import { objectKey } from './property.ts'
import { rankOf } from './rank-of.ts'
import { extraCases, say, sayWhether, type Printing } from './print-tree.ts'
import type { Atom, Case } from './tree.ts'
import { isArray, type Weights } from './weights-tree.ts'

/** The type of what a function is given of the weights; `typeOf` says that of the weights of another. */
export function weightsType(weights: Weights, typeOf: (scope: number) => string): string {
  if (weights.leaf) return tensorType(rankOf(weights.leaf[0]!.value.type))
  if (weights.elements) return `readonly ${inParentheses(weightsType(weights.elements.each, typeOf))}[]`
  const parts = [...new Set(weights.parts.map(({ scopes }) => typeOf(scopes[0]!.value)))]
  const { children } = weights
  if (children.size === 0) return parts.join(' & ')
  if (isArray([...children.keys()])) return `readonly [${[...children.values()].map((child) => weightsType(child, typeOf)).join(', ')}]`
  return [...parts, `{ ${weightsMembers(weights, typeOf).join('; ')} }`].join(' & ')
}

const inParentheses = (type: string): string => (/^[\w.]+$/.test(type) ? type : `(${type})`)

/** The properties of that type, one by one. */
export const weightsMembers = (weights: Weights, typeOf: (scope: number) => string): readonly string[] =>
  [...weights.children].map(([name, child]) => {
    const optional = child.at.length < weights.at.length ? '?' : ''
    return `readonly ${objectKey(name)}${optional}: ${weightsType(child, typeOf)}`
  })

/** What the weights of a function are before they have values. `runtime` is asked for each initialiser. */
export function printSpecs(weights: Weights, printing: Printing): string {
  if (weights.leaf) return printLeaf(weights.leaf, printing)
  if (weights.elements) {
    const { each, count } = weights.elements
    const variable = loopName(printing.around.loops.length)
    const inside = { ...printing, around: { ...printing.around, loops: [...printing.around.loops, variable] } }
    const end = say(count.cases, 'count', printing)
    const element = printSpecs(each, inside)
    const used = new RegExp(`\\b${variable}\\b`).test(element) ? variable : ''
    return `${printing.runtime('range')}(${end}).map((${used}) => ${element.startsWith('{') ? `(${element})` : element})`
  }
  const { children } = weights
  if (isArray([...children.keys()])) return `[${[...children.values()].map((child) => printSpecs(child, printing)).join(', ')}]`
  const parts = weights.parts.map(({ scopes }) => printPart(scopes, printing))
  if (children.size === 0 && parts.length === 1) return parts[0]!
  const members = [...children].map(([name, child]) => {
    const specs = printSpecs(child, printing)
    if (child.at.length === weights.at.length) return `${objectKey(name)}: ${specs}`
    return `...(${sayWhether(child.at, weights.at, name, printing)} && { ${objectKey(name)}: ${specs} })`
  })
  return `{ ${[...parts.map((part) => `...${part}`), ...members].join(', ')} }`
}

function printPart(scopes: readonly Case<number>[], printing: Printing): string {
  const { unit } = printing.callableOf(scopes[0]!.value)
  const extras = unit.extras.map(({ name, values }) => say(extraCases(scopes, values), name, printing))
  return `${unit.name}(${extras.join(', ')})`
}

/** What the extents of a weight are called where calls differ in them. */
const extentHints: Readonly<Record<number, readonly string[]>> = {
  1: ['channels'],
  2: ['from', 'to'],
  4: ['rows', 'columns', 'from', 'to'],
}

function printLeaf(leaf: readonly Case<WeightNode>[], printing: Printing): string {
  const sayOf = (hint: string, of: (node: WeightNode) => Atom): string =>
    say(leaf.map(({ at, value }) => ({ at, value: of(value) })), hint, printing)
  const [{ value: first }] = leaf as [Case<WeightNode>]
  const hints = extentHints[first.type.shape.length] ?? []
  const shape = first.type.shape.map((_, axis) =>
    sayOf(hints[axis] ?? 'size', ({ type }) => type.shape[axis]!.dim),
  )
  const options = [
    ...(leaf.some(({ value }) => value.kind === 'param' && !value.trainable)
      ? [`trainable: ${sayOf('trainable', ({ trainable }) => trainable)}`]
      : []),
    ...(first.within ? [`within: ${printing.runtime('bounds')}(${first.within.map((bound) => printLiteral(bound)).join(', ')})`] : []),
    ...(first.annealed === undefined ? [] : [`annealed: ${first.annealed}`]),
  ]
  const init = sayOf('init', ({ init: one }) => ({
    of: 'expression',
    named: initializerText(one, printing.runtime),
    type: printing.runtime('type Initializer'),
  }))
  return `${printing.runtime(first.kind)}([${shape.join(', ')}], ${init}${options.length > 0 ? `, { ${options.join(', ')} }` : ''})`
}

function initializerText(init: Initializer, runtime: (name: string) => string): string {
  const [name] = [...namedInitializers].find(([, one]) => JSON.stringify(one) === JSON.stringify(init)) ?? []
  if (name) return runtime(name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()))
  switch (init.kind) {
    case 'constant':
      return `${runtime('constant')}(${printLiteral(init.value)})`
    case 'values':
      return `${runtime('values')}([${init.values.map((value) => printLiteral(value)).join(', ')}])`
    case 'uniform':
      return `${runtime('uniform')}(${init.min}, ${init.max})`
    case 'normal':
      return `${runtime('normal')}(${init.mean}, ${init.deviation})`
    case 'truncated_normal':
      return `${runtime('truncatedNormal')}(${init.mean}, ${init.deviation})`
    case 'variance_scaling':
      return `${runtime('varianceScaling')}(${init.scale}, '${init.fan}', '${init.distribution}')`
    case 'orthogonal':
      return `${runtime('orthogonal')}(${init.gain})`
  }
}
