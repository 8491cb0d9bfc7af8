import type { Expr, ModelDeclaration } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import type { Node } from '../graph/graph.ts'
import { printShape } from '../dim/print.ts'
import type { OpName } from '../library/names.ts'
import { libraryCallOf } from '../library/library-call.ts'
import { expressionsOf } from './text/names-mentioned.ts'
import { operandOf } from '../graph/operand.ts'
import { graphRule } from './rule.ts'
import { contains, type Span } from '../text/source.ts'
import { withoutStep } from '../fixes/without-step.ts'

/**
 * A vector that is flattened. Only where a model itself says so, and no setting of it can make the value another one: who calls a
 * block may give it a map the next time.
 */
export const flattenOfVector = graphRule('lint/flatten-of-vector', ({ files, graphs, modules }, report) => {
  for (const graph of graphs) {
    const model = files[0]?.ast.declarations.find(
      (declaration) => declaration.kind === 'model' && declaration.name.name === graph.name,
    )
    if (model?.kind !== 'model' || hasChoices(model)) continue
    const flattened = graph.nodes.flatMap((node) => flattenedBy(node, model))
    for (const { node, x, call } of flattened) {
      // in a loop, another turn may flatten a map
      const isIdle = flattened.every((other) => other.call.start !== call.start || other.x.type.shape.length === 1)
      if (!isIdle) continue
      const edit = withoutStep(call, modules)
      report({ shape: printShape(x.type.shape) }, node.origins[0], {
        labels: [{ origin: x.origins[0], text: 'a vector already' }],
        fixes: edit ? [{ title: 'remove it', safety: 'unsafe', edits: [edit] }] : [],
      })
    }
  }
})

interface Flattened {
  readonly node: Node
  readonly x: Node
  readonly call: Span
}

const flatten: OpName = 'flatten'

/** What a `flatten` in the text of a model is given. */
function flattenedBy(node: Node, { span }: ModelDeclaration): readonly Flattened[] {
  const call = node.kind === 'op' && node.op === 'reshape' ? libraryCallOf(node.origins[0]) : undefined
  const isHere = call?.op === flatten && contains(span, call.span)
  const x = isHere && node.kind === 'op' ? operandOf(node, 'x') : undefined
  return call && x ? [{ node, x, call: call.span }] : []
}

/** Whether settings choose between steps: by numbers and sizes alone a map stays a map. */
const hasChoices = (model: ModelDeclaration): boolean =>
  model.parameters.some(
    ({ type }) => type.kind !== 'named' || type.lists > 0 || !['int', 'float', 'size'].includes(type.name.name),
  ) ||
  (model.parameters.length > 0 &&
    (statementsIn(model.body).some(({ kind }) => kind === 'if') || expressionsOf(model).some(isChoice)))

const isChoice = (expr: Expr): boolean => expr.kind === 'choice' || childrenOf(expr).some(isChoice)
