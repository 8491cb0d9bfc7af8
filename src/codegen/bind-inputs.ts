import { evaluate, keyOf, variablesOf, type Dim } from '../compiler/dim/expr.ts'
import { printDim } from '../compiler/dim/print.ts'
import { unsatisfied } from '../compiler/dim/unsatisfied.ts'
import { extentOf } from '../compiler/dim/variable.ts'
import type { Graph, InputNode } from '../compiler/graph/graph.ts'
import { axisOf } from '../compiler/primitives/shape/axis.ts'
import { suggestion } from '../compiler/text/suggestion.ts'
import type { Mismatch } from './mismatch.ts'
import { ownProperty } from '../compiler/text/own-property.ts'

/** What is known of a tensor before its values: the batch comes first. */
export interface TensorFacts {
  readonly shape: readonly number[]
  readonly dtype: string
}

export type Extents = Readonly<Record<string, number>>

type Bound = { readonly extents: Extents } | { readonly mismatches: readonly Mismatch[] }

/**
 * The symbolic extents that inputs of these shapes have, or everything that keeps the graph from running on them: missing and
 * unknown inputs, ranks, fixed extents, one extent with two sizes, unequal batches, what a `where` says, and extents that would
 * be empty.
 */
export function bindInputs(graph: Graph, given: Readonly<Record<string, TensorFacts>>): Bound {
  const mismatches = [...unknownInputs(graph, given), ...graph.inputs.flatMap((input) => wrongForm(input, ownProperty(given, input.name)))]
  if (mismatches.length > 0) return { mismatches }
  const axes = graph.inputs.flatMap((input) => axesOf(input, given[input.name]!.shape))
  const extents = sizesOf(graph, axes)
  const wrong = graph.extents.flatMap((variable) => about(variable.name, unsatisfied(variable, extents[variable.name]!, extents)))
  const refused = new Set(wrong.map(({ subject }) => subject))
  const decidable = axes.filter(({ dim }) => [...variablesOf(dim).keys()].every((name) => !refused.has(name)))
  const found = [...wrongBatches(graph, given), ...wrong, ...decidable.flatMap((axis) => wrongAxis(axis, extents))]
  if (found.length === 0) found.push(...emptyResults(graph, extents))
  return found.length > 0 ? { mismatches: found } : { extents }
}

const about = (subject: string, messages: readonly string[]): readonly Mismatch[] =>
  messages.map((message) => ({ subject, message }))

function unknownInputs({ name, inputs }: Graph, given: Readonly<Record<string, TensorFacts>>): readonly Mismatch[] {
  const known = inputs.map((input) => input.name)
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => ({ subject: key, message: `${name} has no input ${key}${suggestion(key, known)}` }))
}

function wrongForm({ name, type }: InputNode, tensor: TensorFacts | undefined): readonly Mismatch[] {
  const wanted = (): string => `[batch${type.shape.map(({ dim }) => `, ${printDim(dim)}`).join('')}]`
  if (!tensor) return about(name, [`the input ${name} ${wanted()} is missing`])
  const found: string[] = []
  if (tensor.shape.length !== type.shape.length + 1)
    found.push(`${name} must have the axes ${wanted()}, not [${tensor.shape.join(', ')}]`)
  if (tensor.dtype !== 'float32') found.push(`${name} must be float32, not ${tensor.dtype}`)
  return about(name, found)
}

interface Axis {
  readonly input: string
  readonly label: string
  readonly dim: Dim
  readonly size: number
}

const axesOf = ({ name, type: { shape } }: InputNode, actual: readonly number[]): readonly Axis[] =>
  shape.map(({ dim }, i) => ({ input: name, label: axisOf(shape.length, i).name, dim, size: actual[i + 1]! }))

/** The size of each symbolic extent on the first axis that it is. */
const sizesOf = ({ extents }: Graph, axes: readonly Axis[]): Extents =>
  Object.fromEntries(
    extents.map((variable) => {
      const key = keyOf(extentOf(variable))
      return [variable.name, axes.find(({ dim }) => keyOf(dim) === key)!.size]
    }),
  )

function wrongBatches({ inputs }: Graph, given: Readonly<Record<string, TensorFacts>>): readonly Mismatch[] {
  const [first, ...others] = inputs.map(({ name }) => ({ name, batch: given[name]!.shape[0]! }))
  if (!first) return []
  if (first.batch < 1) return about(first.name, [`${first.name} has no samples`])
  return others
    .filter(({ batch }) => batch !== first.batch)
    .map(({ name, batch }) => ({ subject: name, message: `${name} has ${batch} samples, ${first.name} has ${first.batch}` }))
}

function wrongAxis({ input, label, dim, size }: Axis, extents: Extents): readonly Mismatch[] {
  const wanted = evaluate(dim, extents)
  if (wanted === size) return []
  const where = typeof dim === 'number' ? '' : `${printDim(dim)} = `
  return about(input, [`the ${label} of ${input} must be ${where}${wanted}, not ${size}`])
}

function emptyResults({ requirements }: Graph, extents: Extents): readonly Mismatch[] {
  return requirements.flatMap(({ extent, path }) => {
    const size = evaluate(extent, extents)
    if (size >= 1) return []
    const sizes = [...variablesOf(extent).keys()].map((name) => `${name} = ${extents[name]}`).join(', ')
    return about(path, [`${path} would be empty: ${printDim(extent)} is ${size} for ${sizes}`])
  })
}
