import { ExtentOverflow, type Dim } from '../dim/expr.ts'
import { atLeast } from '../dim/prove.ts'
import { nodesIn, type Attribute, type Depends, type OpNode } from '../graph/graph.ts'
import { callOf } from '../primitives/call-of.ts'
import { problem, type Primitive, type Refused, type ResultExtent } from '../primitives/primitive.ts'

/** What a call of a primitive gives. */
interface OpResult {
  /** Extents handed on from an argument keep their origin; the others are decided by the call, wherever it stands. */
  readonly shape: readonly ResultExtent[]
  readonly depends: Depends
  /** Extents of which it is not known that they are at least 1: a run has to be checked for it. */
  readonly requirements: readonly Dim[]
}

/**
 * The result of a call, or why it is refused. The arguments and attributes must be such as the primitive's signature says, each
 * attribute with its value: see `verify` for calls of which that is not known.
 */
export function opNode(primitive: Primitive, args: OpNode['args'], attributes: OpNode['attributes']): OpResult | Refused {
  try {
    const shape = primitive.shape(callOf({ args, attributes }, primitive))
    if ('problem' in shape) return shape
    const fresh = shape.filter((extent) => !('origin' in extent)).map(({ dim }) => dim)
    const requirements = fresh.filter((dim) => atLeast(dim, 1).kind === 'unknown')
    return { shape, depends: dependsOf(args, attributes), requirements }
  } catch (error) {
    if (error instanceof ExtentOverflow) return problem('value/too-large', {})
    throw error
  }
}

/** What the arguments depend on, and the inputs' extents where an attribute has any. */
function dependsOf(args: OpNode['args'], attributes: OpNode['attributes']): Depends {
  const read = nodesIn(args).map(({ type }) => type.depends)
  if (read.includes('inputs')) return 'inputs'
  return read.includes('extents') || Object.values(attributes).some(isSymbolic) ? 'extents' : 'weights'
}

function isSymbolic(attribute: Attribute): boolean {
  if (typeof attribute !== 'object' || attribute === null) return false
  return 'terms' in attribute || attribute.some(isSymbolic)
}
