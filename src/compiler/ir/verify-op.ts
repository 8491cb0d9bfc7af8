import { messageOf } from '../catalog/index.ts'
import { keyOf, type Dim } from '../dim/expr.ts'
import { equal } from '../dim/prove.ts'
import { printDim, printShape } from '../dim/print.ts'
import type { Attribute, Node, OpNode } from '../graph/graph.ts'
import { primitives } from '../primitives/index.ts'
import type { Parameter, Primitive, ResultExtent } from '../primitives/primitive.ts'
import { opNode } from './op-node.ts'
import { suggestion } from '../text/suggestion.ts'
import { pointerStep, type Violation } from './violation.ts'

/**
 * Whether an op node is a call that its primitive accepts, with the type that the primitive gives it.
 *
 * @param required the extents that the graph requires to be at least 1
 */
export function verifyOp(node: OpNode, pointer: string, required: readonly Dim[]): readonly Violation[] {
  const primitive = primitives.get(node.op)
  if (!primitive) {
    return [{ pointer: `${pointer}/op`, message: `there is no primitive ${node.op}${suggestion(node.op, primitives.keys())}` }]
  }
  const found = verifyCall(node, primitive, pointer)
  return found.length > 0 ? found : verifyType(node, primitive, pointer, required)
}

const tensorKinds: readonly Parameter['kind'][] = ['tensor', 'optional_tensor', 'tensors']

function verifyCall(node: OpNode, { signature, name }: Primitive, pointer: string): readonly Violation[] {
  const found: Violation[] = []
  for (const [parameter, { kind, default: preset }] of Object.entries(signature)) {
    if (tensorKinds.includes(kind)) {
      const complaint = argumentComplaint(node.args[parameter], kind)
      if (complaint) found.push({ pointer: `${pointer}/args${pointerStep(parameter)}`, message: complaint })
      continue
    }
    const attribute = node.attributes[parameter]
    const expected = expectation(kind)
    if (attribute === null && preset === null) continue
    if (attribute === undefined || !expected.holds(attribute)) {
      found.push({ pointer: `${pointer}/attributes${pointerStep(parameter)}`, message: `must be ${expected.text}` })
    }
  }
  const known = Object.keys(signature)
  for (const part of ['args', 'attributes'] as const) {
    for (const key of Object.keys(node[part])) {
      const kind = signature[key]?.kind
      if (kind !== undefined && tensorKinds.includes(kind) === (part === 'args')) continue
      found.push({
        pointer: `${pointer}/${part}${pointerStep(key)}`,
        message: `${name} has no such parameter${suggestion(key, known)}`,
      })
    }
  }
  const written = Object.keys(node.args)
  const ordered = known.filter((parameter) => written.includes(parameter))
  if (found.length === 0 && written.some((parameter, i) => parameter !== ordered[i])) {
    found.push({ pointer: `${pointer}/args`, message: `must be in the order of ${name}'s parameters: ${ordered.join(', ')}` })
  }
  return found
}

function argumentComplaint(argument: Node | readonly Node[] | undefined, kind: Parameter['kind']): string | undefined {
  if (argument === undefined) return kind === 'optional_tensor' ? undefined : 'is missing'
  const isList = !('kind' in argument)
  if (kind === 'tensors') return isList && argument.length > 0 ? undefined : 'must be a list of at least one node'
  return isList ? 'must be one node' : undefined
}

const isInt = (value: Attribute): value is number => Number.isInteger(value)
const isDim = (value: Attribute): value is Dim =>
  typeof value === 'number' || (typeof value === 'object' && value !== null && 'terms' in value)
const isPair = (value: Attribute, holds: (item: Attribute) => boolean): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(holds)

interface Expectation {
  readonly text: string
  readonly holds: (value: Attribute) => boolean
}

const expectations: Readonly<Record<string, Expectation>> = {
  int: { text: 'a whole number', holds: isInt },
  number: { text: 'a number', holds: (value) => typeof value === 'number' },
  bool: { text: 'true or false', holds: (value) => typeof value === 'boolean' },
  size: { text: '[height, width]', holds: (value) => isPair(value, isInt) },
  padding: {
    text: '"same", "valid" or [[top, bottom], [left, right]]',
    holds: (value) => value === 'same' || value === 'valid' || isPair(value, (side) => isPair(side, isInt)),
  },
  pads: {
    text: '[[top, bottom], [left, right]]',
    holds: (value) => isPair(value, (side) => isPair(side, isDim)),
  },
  ints: { text: 'a list of whole numbers', holds: (value) => Array.isArray(value) && value.every(isInt) },
  axes: { text: 'a list of whole numbers', holds: (value) => Array.isArray(value) && value.every(isInt) },
  dims: { text: 'a list of extents', holds: (value) => Array.isArray(value) && value.every(isDim) },
}

const expectation = (kind: Parameter['kind']): Expectation =>
  typeof kind === 'string'
    ? expectations[kind]!
    : { text: `one of ${kind.words.join(', ')}`, holds: (value) => typeof value === 'string' && kind.words.includes(value) }

function verifyType(node: OpNode, primitive: Primitive, pointer: string, required: readonly Dim[]): readonly Violation[] {
  const result = opNode(primitive, node.args, node.attributes)
  if ('problem' in result) return [{ pointer, message: messageOf(result.problem.code, result.problem.facts) }]
  const { shape, depends, requirements } = result
  const found = [...differences(node, shape, `${pointer}/shape`)]
  if (node.type.depends !== depends)
    found.push({ pointer: `${pointer}/depends`, message: `must be ${depends}, as what it reads and its attributes say` })
  for (const dim of found.length > 0 ? [] : requirements) {
    if (required.some((extent) => same(extent, dim))) continue
    found.push({ pointer, message: `may be empty: that ${printDim(dim)} is at least 1 must be among the requirements` })
  }
  return found
}

function differences({ op, type: { shape } }: OpNode, result: readonly ResultExtent[], pointer: string): readonly Violation[] {
  if (shape.length !== result.length)
    return [{ pointer, message: `is ${printShape(shape)}, but ${op} gives ${printShape(result)}` }]
  return result.flatMap(({ dim }, axis) => {
    const stated = shape[axis]!.dim
    return same(stated, dim)
      ? []
      : [{ pointer: `${pointer}/${axis}`, message: `is ${printDim(stated)}, but ${op} gives ${printDim(dim)}` }]
  })
}

/** Equal by algebra, or at least for all extents tried: one extent has forms that canonical arithmetic keeps apart. */
function same(a: Dim, b: Dim): boolean {
  if (keyOf(a) === keyOf(b)) return true
  const verdict = equal(a, b)
  return verdict.kind === 'proved' || (verdict.kind === 'unknown' && verdict.witness === undefined)
}
