import type { Declaration, Expr, FileAst, Parameter, Statement, TypeExpr } from './ast.ts'
import { childrenOf } from './children.ts'
import { expressionsOf } from './expressions-of.ts'
import type { Span } from '../text/source.ts'
import { outerSpan } from './outer-span.ts'
import { statementsIn } from './statements-in.ts'

/** Where the expressions and statements of a file stand. */
export interface SyntaxTree {
  /** The expression that is written in a place; of a chain or a pipe also one that it begins with. */
  readonly expressionAt: (place: Span) => Expr | undefined
  /** The expression that another one is part of. */
  readonly around: (expr: Expr) => Expr | undefined
  readonly statementAt: (place: Span) => Statement | undefined
  /** Each with those inside of it behind it. */
  readonly expressions: readonly Expr[]
}

const known = new WeakMap<FileAst, SyntaxTree>()

export function syntaxTreeOf(ast: FileAst): SyntaxTree {
  let tree = known.get(ast)
  if (!tree) known.set(ast, (tree = treeOf(ast)))
  return tree
}

function treeOf({ declarations }: FileAst): SyntaxTree {
  const byStart = new Map<number, Expr[]>()
  const parents = new Map<Expr, Expr>()
  const statements = new Map<number, Statement>()
  const expressions: Expr[] = []
  const add = (expr: Expr): void => {
    const beside = byStart.get(expr.span.start)
    if (beside) beside.push(expr)
    else byStart.set(expr.span.start, [expr])
    expressions.push(expr)
    for (const child of childrenOf(expr)) {
      parents.set(child, expr)
      add(child)
    }
  }
  for (const statement of statementsIn(declarations.flatMap(bodyOf))) {
    statements.set(statement.span.start, statement)
    expressionsOf(statement).forEach(add)
  }
  declarations.flatMap(outsideOfBody).forEach(add)
  return {
    expressionAt: ({ start, end }) => {
      const beginning = byStart.get(start) ?? []
      return beginning.find(({ span }) => span.end === end) ?? beginning.flatMap((expr) => beginningOf(expr, end))[0]
    },
    around: (expr) => parents.get(expr),
    statementAt: ({ start, end }) => {
      const found = statements.get(start)
      return found?.span.end === end ? found : undefined
    },
    expressions,
  }
}

/** The operators or steps of an expression up to a place. */
function beginningOf({ outer: _outer, ...expr }: Expr, end: number): readonly Expr[] {
  const span = { ...expr.span, end }
  if (expr.kind === 'chain') {
    const last = expr.rest.findIndex(({ value }) => outerSpan(value).end === end)
    return last < 0 ? [] : [{ ...expr, rest: expr.rest.slice(0, last + 1), span }]
  }
  if (expr.kind !== 'pipe') return []
  const last = expr.steps.findIndex(({ value, label }) => (label ?? value).span.end === end)
  return last < 0 ? [] : [{ ...expr, steps: expr.steps.slice(0, last + 1), span }]
}

const bodyOf = (declaration: Declaration): readonly Statement[] => (declaration.kind === 'const' ? [] : declaration.body)

/** What is written in a declaration besides its body. */
function outsideOfBody(declaration: Declaration): readonly Expr[] {
  const parameters = (declaration.parameters ?? []).flatMap(({ type, default: value }: Parameter) => [
    ...shapeOf(type),
    ...(value ? [value] : []),
  ])
  if (declaration.kind === 'const') return [...parameters, declaration.value]
  const results = declaration.kind === 'block' ? declaration.results : []
  return [...parameters, ...results.flatMap((result) => (result.kind === 'type' ? shapeOf(result.type) : []))]
}

const shapeOf = (type: TypeExpr): readonly Expr[] => (type.kind === 'shape' ? [type.shape] : [])
