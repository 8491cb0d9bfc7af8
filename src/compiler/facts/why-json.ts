import { printDim } from '../dim/print.ts'
import type { Dim } from '../dim/expr.ts'
import type { Graph, Node } from '../graph/graph.ts'
import { chainOf, positionOf, type Position, type Span } from '../text/source.ts'
import type { History } from './why.ts'

/** A number, or arithmetic on the extents of the inputs: `ceil(H / 2)`. */
type ExtentJson = number | string

interface PlaceJson {
  readonly file: string
  /** Lines and columns count from 1. */
  readonly range: { readonly start: Position; readonly end: Position }
}

/** What `fmw why --json` prints. */
export interface WhyJson {
  readonly model: string
  /** The path of the node. */
  readonly node: string
  readonly shape: readonly ExtentJson[]
  /** One for each extent of the shape, in its order. */
  readonly extents: readonly {
    readonly axis: string
    readonly extent: ExtentJson
    /** Each after those it was computed from; the last is the extent itself. */
    readonly steps: readonly (PlaceJson & {
      readonly extent: ExtentJson
      /** The arithmetic, such as `floor((27 + 2 - 3) / 2) + 1 = 14`; null where the extent was written. */
      readonly how: string | null
      /** The path of the node that has it first; null where it is a number of the text. */
      readonly node: string | null
      /** The blocks in which it happened, innermost first. */
      readonly chain: readonly { readonly name: string; readonly call: PlaceJson }[]
    })[]
  }[]
}

export const whyJson = (graph: Graph, node: Node, histories: readonly History[]): WhyJson => ({
  model: graph.name,
  node: node.path,
  shape: node.type.shape.map(({ dim }) => extentJson(dim)),
  extents: histories.map(({ axis, dim, steps }) => ({
    axis: axis.name,
    extent: extentJson(dim),
    steps: steps.map((step) => ({
      extent: extentJson(step.dim),
      how: step.how ?? null,
      node: step.node?.path ?? null,
      ...placeJson(step.origin.span),
      chain: chainOf(step.origin.frame).map(({ name, call }) => ({ name, call: placeJson(call) })),
    })),
  })),
})

const extentJson = (dim: Dim): ExtentJson => (typeof dim === 'number' ? dim : printDim(dim))

const placeJson = ({ source, start, end }: Span): PlaceJson => ({
  file: source.path,
  range: { start: positionOf(source, start), end: positionOf(source, end) },
})
