import { calledOp } from '../elaborate/called-op.ts'
import { printShape } from '../dim/print.ts'
import { factsOf } from '../facts/facts-of.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import type { InputNode, Node, OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import type { OpName } from '../library/names.ts'
import { signatureOf } from '../library/signature-of.ts'
import { primitives } from '../primitives/index.ts'
import type { Module, Modules } from '../reading/module.ts'
import { isNamedTurned, isPictureTurned, mapText, threeExtents, turnedNote } from '../reading/channels-first.ts'
import { withoutStep } from '../fixes/without-step.ts'
import { writing } from '../fixes/writing.ts'
import { treeOf } from '../reading/written.ts'
import type { BlockDeclaration, Expr, ListExpr } from '../syntax/ast.ts'
import { calleeName } from '../syntax/callee-name.ts'
import { childrenOf } from '../syntax/children.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import { textOf } from '../text/source.ts'
import { boundBy } from './text/names-read.ts'
import { expressionsOf } from './text/names-mentioned.ts'
import { usesOf, type Uses } from './graph/uses.ts'
import { graphRule } from './rule.ts'

/**
 * An input such as [3, 224, 224] that a convolution reads as it is, one that `transpose` makes so before, and a block that calls the axes of a map [C, H, W] and hands it on
 * as it is: other frameworks have the channels first, and here nothing disagrees.
 */
export const channelsFirst = graphRule('lint/channels-first', ({ files, graphs, modules }, report) => {
  for (const graph of graphs) {
    const uses = usesOf(graph)
    for (const input of graph.inputs) {
      const reader = looksTurned(input) ? convolutionOf(input, uses) : undefined
      const shape = reader && shapeOfInput(input, modules)
      if (!shape) continue
      const [height, , channels] = input.type.shape.map(({ dim }) => String(dim))
      const op = calledOp(reader.op, reader.origins[0])
      const facts = { what: 'input', name: input.name, shape: printShape(input.type.shape), op, height: height!, channels: channels! }
      report(facts, { span: shape.span, frame: undefined }, {
        labels: [{ origin: reader.origins[0], text: 'read here' }],
        ...turned(input.name, shape),
      })
    }
    for (const node of graph.nodes) {
      const reader = bringsToFront(node) && looksTurned(node) ? convolutionOf(node, uses) : undefined
      if (!reader || node.origins[0].span.source.library) continue
      const [height, , channels] = node.type.shape.map(({ dim }) => String(dim))
      const [{ span, frame }] = node.origins
      const op = calledOp(reader.op, reader.origins[0])
      const facts = { what: 'the map behind', name: textOf(span), shape: printShape(node.type.shape), op, height: height!, channels: channels! }
      const edit = withoutStep(span, modules)
      report(facts, { span, frame }, {
        labels: [{ origin: reader.origins[0], text: 'read here' }],
        notes: ['maps are [height, width, channels], as the input is'],
        fixes: edit ? [{ title: `leave out |> ${textOf(span)}`, safety: 'unsafe', edits: [edit] }] : [],
      })
    }
  }
  for (const file of files) {
    for (const declaration of file.ast.declarations) {
      if (declaration.kind !== 'block') continue
      for (const { name, shape, op } of turnedParameters(declaration, file, modules)) {
        const [height, , channels] = shape.items.map(({ value }) => textOf(value.span))
        const facts = { what: 'parameter', name, shape: textOf(shape.span), op, height: height!, channels: channels! }
        report(facts, { span: shape.span, frame: undefined }, turned(name, shape))
      }
    }
  }
})

/** Whether the channels of an input are moved to the front. */
function bringsToFront(node: Node): boolean {
  const { order } = node.kind === 'op' && node.op === transpose ? node.attributes : {}
  return node.kind === 'op' && Array.isArray(order) && order.join() === '2,0,1' && operandOf(node, 'x')?.kind === 'input'
}

const transpose: OpName = 'transpose'

function looksTurned({ type: { shape } }: Node): boolean {
  const [first, second, third] = shape.map(({ dim }) => (typeof dim === 'number' ? dim : 0))
  if (shape.length !== 3 || !first || !second || !third) return false
  return isPictureTurned(first, second, third) && Math.max(second, third) <= 2 * Math.min(second, third)
}

/** The convolution over rows that reads a map as it is; none where it is turned on purpose. */
function convolutionOf(map: Node, uses: Uses): OpNode | undefined {
  const pending = [...uses.readers(map)]
  let found: OpNode | undefined
  for (let node = pending.shift(); node; node = pending.shift()) {
    const { kernel, windows, elementwise, perChannel } = factsOf(node)
    if (node.op === 'transpose') return undefined
    if (kernel && windows && Number(windows[0].size) > 1) found ??= node
    else if ((elementwise ?? perChannel) && node.type.shape.length === 3) pending.push(...uses.readers(node))
  }
  return found
}

function shapeOfInput({ origins: [{ span }] }: InputNode, modules: Modules): ListExpr | undefined {
  const statement = treeOf(span.source, modules)?.statementAt(span)
  return statement?.kind === 'input' ? statement.shape : undefined
}

function turned(name: string, shape: ListExpr): { readonly notes: readonly string[]; readonly fixes: readonly Fix[] } {
  const extents = threeExtents(shape)
  if (!extents) return { notes: [], fixes: [] }
  const text = mapText(extents)
  return { notes: [turnedNote(name, text)], fixes: [writing(text, shape.span)] }
}

/** The parameters of a block whose axes are called so, with the op that each is handed to. */
function turnedParameters(block: BlockDeclaration, file: Module, modules: Modules) {
  const bound = statementsIn(block.body).flatMap(boundBy)
  return block.parameters.flatMap(({ name: { name }, type }) => {
    if (type.kind !== 'shape' || type.suffix !== '' || !isNamedTurned(type.shape) || bound.includes(name)) return []
    const [op] = expressionsOf(block).flatMap((expr) => readersIn(expr, name)).filter((one) => takesMap(one, file, modules))
    return op === undefined ? [] : [{ name, shape: type.shape, op }]
  })
}

/** The ops that an expression gives a name to as their first argument. */
function readersIn(expr: Expr, name: string): readonly string[] {
  const isIt = (one: Expr | undefined): boolean => one?.kind === 'name' && one.name === name
  const further = childrenOf(expr).flatMap((child) => readersIn(child, name))
  const reader = expr.kind === 'pipe' && isIt(expr.head) ? expr.steps[0]?.value : expr.kind === 'call' && isIt(expr.args[0]?.value) ? expr : undefined
  const op = calleeName(reader)
  return op === undefined ? further : [op, ...further]
}

/** Whether the first parameter of an op of the library is a map. */
function takesMap(op: string, file: Module, modules: Modules): boolean {
  if (file.names.has(op)) return false
  const [first] = signatureOf(op, modules) ?? []
  const [ofPrimitive] = Object.values(primitives.get(op)?.signature ?? {})
  return first?.wanted === '[H, W, C]' || ofPrimitive?.means === 'map'
}
