import type { Dim } from '../dim/expr.ts'
import type { Extent, Graph, Node } from '../graph/graph.ts'
import { axisOf, type Axis } from '../primitives/shape/axis.ts'
import { isSamePlace, userOrigin, type Origin } from '../text/source.ts'

/** A place where an extent was decided, or computed from others. */
export interface Step {
  readonly dim: Dim
  /** The arithmetic; undefined where the extent was written. */
  readonly how: string | undefined
  /** The nearest place in a user's file. */
  readonly origin: Origin
  /** The node that has the extent first; undefined where it is a number of the text. */
  readonly node: Node | undefined
}

/** Where an extent of a node comes from. */
export interface History {
  readonly axis: Axis
  readonly dim: Dim
  /** From the places where it was decided to the last that changed it; each comes after those it was computed from. */
  readonly steps: readonly Step[]
}

/** For each extent of a node's shape, every step from where it was decided. */
export function whyShape(graph: Graph, node: Node): readonly History[] {
  const firsts = new Map<Extent, Node>()
  for (const one of graph.nodes) for (const extent of one.type.shape) if (!firsts.has(extent)) firsts.set(extent, one)
  const { shape } = node.type
  return shape.map((extent, axis) => ({ axis: axisOf(shape.length, axis), dim: extent.dim, steps: stepsOf(extent, firsts) }))
}

function stepsOf(extent: Extent, firsts: ReadonlyMap<Extent, Node>): readonly Step[] {
  const steps: Step[] = []
  const walked = new Set<Extent>()
  // an extent can be thousands of steps away from where it was decided: no recursion
  const stack = [{ extent, ready: false }]
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { dim, how, from = [], origin } = top.extent
    if (top.ready) steps.push({ dim, how, origin: userOrigin(origin), node: firsts.get(top.extent) })
    else if (!walked.has(top.extent)) {
      walked.add(top.extent)
      stack.push({ extent: top.extent, ready: true })
      for (const one of from.toReversed()) stack.push({ extent: one, ready: false })
    }
  }
  return steps.filter((step, i) => !isSaidBy(step, steps[i + 1]))
}

/** What an extent is handed on as, at the place where it was decided, is no step. */
const isSaidBy = (step: Step, next: Step | undefined): boolean =>
  next !== undefined &&
  step.how === undefined &&
  next.how === undefined &&
  step.dim === next.dim &&
  isSamePlace(step.origin.span, next.origin.span)
