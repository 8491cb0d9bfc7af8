import type { Declaration, Expr, Identifier, Statement } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import { expressionsOf } from '../../syntax/expressions-of.ts'
import { contains, type Span } from '../../text/source.ts'
import { fail, originAt, type Context } from '../context.ts'
import { withoutSegment } from '../path.ts'
import { statementsIn } from '../../syntax/statements-in.ts'

/** The branch of a condition that something stands in. */
interface Branch {
  readonly of: Statement | Expr
  readonly isConsequent: boolean
}

/** What names a part of a body, or of what a label stands behind. */
interface Part {
  readonly name: Identifier
  readonly branches: readonly Branch[]
  /** What it stands behind, where that is no call: its labels name parts of this one. */
  readonly within: Expr | undefined
}

/** A label that names what another label or a statement of the same body does. */
interface RepeatedLabel {
  readonly label: Identifier
  readonly other: Span
  readonly isOfStatement: boolean
  /** All names of that body. */
  readonly taken: ReadonlySet<string>
}

const found = new WeakMap<Declaration, readonly RepeatedLabel[]>()

/** The labels of a declaration that name two parts alike. */
export function repeatedLabels(declaration: Declaration): readonly RepeatedLabel[] {
  let repeated = found.get(declaration)
  if (!repeated) found.set(declaration, (repeated = repeatedAmong(partsOf(declaration), statementsNamed(declaration))))
  return repeated
}

/** The names of the parts of a body: its statements' and its labels. */
export const partNames = (declaration: Declaration): ReadonlySet<string> =>
  new Set([...statementsNamed(declaration).keys(), ...partsOf(declaration).map(({ name }) => name.name)])

const bodyOf = (declaration: Declaration): readonly Statement[] => (declaration.kind === 'const' ? [] : declaration.body)

const partsOf = (declaration: Declaration): readonly Part[] =>
  bodyOf(declaration).flatMap((statement) => labelsIn(statement, []))

const statementsNamed = (declaration: Declaration): ReadonlyMap<string, Span> =>
  new Map(
    statementsIn(bodyOf(declaration)).flatMap((statement) =>
      'segment' in statement ? [[statement.segment, statement.span] as const] : [],
    ),
  )

export function reportRepeatedLabels(declaration: Declaration, ctx: Context): void {
  for (const { label, other, isOfStatement, taken } of repeatedLabels(declaration)) {
    fail(ctx, 'name/repeated-label', { label: label.name }, label.span, {
      labels: [{ origin: originAt(ctx, other), text: isOfStatement ? 'the statement of that name' : 'the other label' }],
      cause: { kind: 'repeated-label', label, taken },
    })
  }
}

function repeatedAmong(parts: readonly Part[], named: ReadonlyMap<string, Span>): readonly RepeatedLabel[] {
  const taken = new Set([...named.keys(), ...parts.map(({ name }) => name.name)])
  return parts.flatMap(({ name: label, branches, within }, i) => {
    const inner = within ? repeatedAmong(labelsOf(within, []), new Map()) : []
    const earlier = parts.slice(0, i).find(({ name, ...part }) => name.name === label.name && !areExclusive(part.branches, branches))
    const statement = named.get(label.name)
    const other = earlier?.name.span ?? (statement && contains(statement, label.span) ? undefined : statement)
    return other && label.name !== withoutSegment ? [{ label, other, isOfStatement: !earlier, taken }, ...inner] : inner
  })
}

/** Whether only one of two is ever evaluated. */
const areExclusive = (a: readonly Branch[], b: readonly Branch[]): boolean =>
  a.some((one) => b.some((other) => one.of === other.of && one.isConsequent !== other.isConsequent))

function labelsIn(statement: Statement, branches: readonly Branch[]): readonly Part[] {
  const own = expressionsOf(statement).flatMap((expr) => labelsOf(expr, branches))
  if (statement.kind === 'for') return [...own, ...statement.body.flatMap((inner) => labelsIn(inner, branches))]
  if (statement.kind !== 'if') return own
  const inBranch = (body: readonly Statement[], isConsequent: boolean): readonly Part[] =>
    body.flatMap((inner) => labelsIn(inner, [...branches, { of: statement, isConsequent }]))
  return [...own, ...inBranch(statement.consequent, true), ...inBranch(statement.alternative, false)]
}

function labelsOf(expr: Expr, branches: readonly Branch[]): readonly Part[] {
  switch (expr.kind) {
    case 'label': {
      const isCall = expr.of.kind === 'call' || expr.of.kind === 'unary'
      const part = { name: expr.label, branches, within: isCall ? undefined : expr.of }
      return isCall ? [part, ...labelsOf(expr.of, branches)] : [part]
    }
    case 'pipe': {
      const steps = expr.steps.flatMap(({ value, label }) => [
        ...labelsOf(value, branches),
        ...(label ? [{ name: label, branches, within: undefined }] : []),
      ])
      return [...labelsOf(expr.head, branches), ...steps]
    }
    case 'choice': {
      const { condition, consequent, alternative } = expr
      const inBranch = (isConsequent: boolean): readonly Branch[] => [...branches, { of: expr, isConsequent }]
      return [
        ...labelsOf(condition, branches),
        ...labelsOf(consequent, inBranch(true)),
        ...labelsOf(alternative, inBranch(false)),
      ]
    }
    default:
      return childrenOf(expr).flatMap((child) => labelsOf(child, branches))
  }
}
