import type { Declaration, Identifier } from '../../syntax/ast.ts'
import { fail, originAt, type Context } from '../context.ts'
import { misplaced } from './misplaced.ts'
import { reportRepeatedLabels } from './repeated-labels.ts'
import { statementsIn } from '../../syntax/statements-in.ts'

/**
 * Reports what no call has to show: statements where they may not stand, blocks that never return, names of parameters and inputs
 * given twice, labels of one name.
 */
export function reportBodies(declarations: readonly Declaration[], ctx: Context): void {
  for (const declaration of declarations) {
    reportTwice('parameter', (declaration.parameters ?? []).map(({ name }) => name), ctx)
    if (declaration.kind === 'const') continue
    reportRepeatedLabels(declaration, ctx)
    const statements = statementsIn(declaration.body)
    if (declaration.kind === 'model') {
      reportTwice('input', statements.flatMap((statement) => (statement.kind === 'input' ? [statement.name] : [])), ctx)
      const nested = statements.filter((statement) => statement.kind === 'input' && !declaration.body.includes(statement))
      for (const statement of nested) misplaced('nested input', statement, ctx)
      continue
    }
    for (const statement of statements) {
      if (statement.kind === 'input') misplaced('input in block', statement, ctx)
      if (statement.kind === 'output') misplaced('output', statement, ctx)
    }
    const { name } = declaration
    if (!statements.some(({ kind }) => kind === 'return' || kind === 'output'))
      fail(ctx, 'statement/no-return', { name: name.name }, name.span, { cause: { kind: 'no-return', body: declaration.body } })
  }
}

function reportTwice(what: string, names: readonly Identifier[], ctx: Context): void {
  for (const [i, { name, span }] of names.entries()) {
    const first = names.findIndex((other) => other.name === name)
    if (name === '_' || first === i) continue
    fail(ctx, 'name/duplicate', { what, name }, span, {
      labels: [{ origin: originAt(ctx, names[first]!.span), text: 'the first' }],
    })
  }
}
