import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Declaration, Expr, ModelDeclaration, Statement } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import { isWeight, type Graph, type WeightNode } from '../graph/graph.ts'
import { neededFor } from '../graph/needed-for.ts'
import { contains, type Origin, type Span } from '../text/source.ts'
import { expressionsOf } from './text/names-mentioned.ts'
import { boundBy, namesRead } from './text/names-read.ts'
import { removal } from '../fixes/removal.ts'
import { isMeantUnread } from './text/meant-unread.ts'
import { graphRule } from './rule.ts'
import { unreadIn, type Unread } from './text/unread.ts'

/**
 * Weights that are stored and initialised and can change nothing: a `param` or `state` that nothing reads, or a call in a model
 * of whose weights no output depends on any, as where only the size of its result is read. What depends on a value that
 * `unused-value` reports is left to that, and what another setting of the model may read is left alone.
 */
export const unusedWeight = graphRule('lint/unused-weight', ({ files, graphs }, report) => {
  for (const { declaration, one } of files.flatMap(({ ast }) => ast.declarations.flatMap(unreadWeights))) {
    const { statement, target } = one
    const again =
      'body' in declaration &&
      statementsIn(declaration.body).some((other) => other !== statement && 'name' in other && other.name.name === target.name)
    const fixes: readonly Fix[] = again ? [] : [{ title: `remove ${target.name}`, safety: 'unsafe', edits: [removal(statement.span)] }]
    report({ what: `the weight ${target.name}` }, { span: target.span, frame: undefined }, { fixes })
  }
  for (const graph of graphs) {
    const model = files[0]?.ast.declarations.find(
      (declaration) => declaration.kind === 'model' && declaration.name.name === graph.name,
    )
    if (model?.kind !== 'model') continue
    const reported = deadStatements(model.body)
    for (const [place, weights] of unneededCalls(graph)) {
      const statement = innermost(model.body, place.span)
      if (!statement || reported.has(statement) || mayBeRead(statement, model)) continue
      const count = weights.reduce((sum, { type }) => sum + type.shape.reduce((product, { dim }) => product * Number(dim), 1), 0)
      report({ what: `${count === 1 ? 'the weight' : `any of the ${count.toLocaleString('en-US')} weights`} made here` }, place, {
        notes: [`no value computed with ${count === 1 ? 'it' : 'them'} reaches an output; a size that is read needs no weights`],
      })
    }
  }
})

const unreadWeights = (declaration: Declaration): readonly { readonly declaration: Declaration; readonly one: Unread }[] =>
  declaration.kind === 'const'
    ? []
    : unreadIn(declaration.body)
        .filter(({ statement, target }) => statement.kind === 'weight' && !isMeantUnread(target.name))
        .map((one) => ({ declaration, one }))

/** The calls in the text of a model all of whose weights no output depends on. */
function unneededCalls(graph: Graph): ReadonlyMap<Origin, readonly WeightNode[]> {
  const needed = neededFor(graph, graph.outputs.map(({ node }) => node))
  const calls = new Map<string, { readonly origin: Origin; readonly weights: WeightNode[] }>()
  for (const node of graph.nodes.filter(isWeight)) {
    const origin = outermost(node.origins[0])
    const key = `${origin.span.start} ${origin.span.end}`
    const known = calls.get(key)
    if (known) known.weights.push(node)
    else calls.set(key, { origin, weights: [node] })
  }
  const unneeded = [...calls.values()].filter(({ weights }) => !weights.some((weight) => needed.has(weight)))
  return new Map(unneeded.map(({ origin, weights }) => [origin, weights]))
}

/** Where in the text of the model a node was made. */
function outermost({ span, frame }: Origin): Origin {
  let call = span
  for (let at = frame; at; at = at.parent) call = at.call
  return { span: call, frame: undefined }
}

/** The statements that give values nothing reads, and those whose values only such statements read. */
function deadStatements(body: readonly Statement[]): ReadonlySet<Statement> {
  const dead = new Set<Statement>()
  for (let before = -1; before !== dead.size; ) {
    before = dead.size
    const unread = unreadIn(withoutStatements(body, dead))
    for (const { statement } of unread)
      if (boundBy(statement).every((name) => unread.some((one) => one.statement === statement && one.target.name === name)))
        dead.add(statement)
  }
  return dead
}

const withoutStatements = (body: readonly Statement[], dead: ReadonlySet<Statement>): readonly Statement[] =>
  body.flatMap((statement): readonly Statement[] => {
    if (dead.has(statement)) return []
    if (statement.kind === 'for') return [{ ...statement, body: withoutStatements(statement.body, dead) }]
    if (statement.kind !== 'if') return [statement]
    return [
      {
        ...statement,
        consequent: withoutStatements(statement.consequent, dead),
        alternative: withoutStatements(statement.alternative, dead),
      },
    ]
  })

const innermost = (body: readonly Statement[], place: Span): Statement | undefined =>
  statementsIn(body).findLast(({ span }) => contains(span, place))

/** Whether a condition of the model decides who reads what a statement gives, or what is made of it. */
function mayBeRead(statement: Statement, { body, ...model }: ModelDeclaration): boolean {
  const statements = statementsIn(body)
  const derived = new Set(boundBy(statement))
  for (let before = -1; before !== derived.size; ) {
    before = derived.size
    for (const one of statements) {
      if (one.kind === 'assign' && readsAny(one.value, derived)) for (const name of boundBy(one)) derived.add(name)
    }
  }
  const conditional = statements.flatMap((one) => (one.kind === 'if' ? [...one.consequent, ...one.alternative] : []))
  const texts = [...expressionsOf({ ...model, body: conditional }), ...expressionsOf({ ...model, body }).flatMap(choicesIn)]
  return texts.some((expr) => readsAny(expr, derived))
}

const readsAny = (expr: Expr, names: ReadonlySet<string>): boolean => [...namesRead(expr)].some((name) => names.has(name))

const choicesIn = (expr: Expr): readonly Expr[] =>
  expr.kind === 'choice'
    ? [expr.consequent, expr.alternative, ...childrenOf(expr).flatMap(choicesIn)]
    : childrenOf(expr).flatMap(choicesIn)
