import type { Declaration, Identifier, Statement } from '../ast.ts'
import type { Fix } from '../diagnostics.ts'
import { textOf, type Span } from '../source.ts'
import { fail, originAt, type Context } from './context.ts'
import { statementsIn } from './statements-in.ts'

/** Reports what no call has to show: statements where they may not stand, blocks that never return, names of parameters and inputs given twice. */
export function reportBodies(declarations: readonly Declaration[], ctx: Context): void {
  for (const declaration of declarations) {
    reportTwice('parameter', (declaration.parameters ?? []).map(({ name }) => name), ctx)
    if (declaration.kind === 'const') continue
    const statements = statementsIn(declaration.body)
    if (declaration.kind === 'model') {
      reportTwice('input', statements.flatMap((statement) => (statement.kind === 'input' ? [statement.name] : [])), ctx)
      const nested = statements.filter((statement) => statement.kind === 'input' && !declaration.body.includes(statement))
      for (const statement of nested) misplaced('input', 'inputs stand directly in the model, not in a loop or a condition', statement, ctx)
      continue
    }
    for (const statement of statements) {
      if (statement.kind === 'input') misplaced('input', 'only models have inputs, a block has parameters', statement, ctx)
      if (statement.kind === 'output') misplaced('output', 'only models have outputs, a block returns its results', statement, ctx)
    }
    const { name } = declaration
    if (!statements.some(({ kind }) => kind === 'return' || kind === 'output')) fail(ctx, 'statement/no-return', { name: name.name }, name.span)
  }
}

const misplaced = (what: string, where: string, statement: Statement, ctx: Context): void =>
  void fail(ctx, 'statement/misplaced', { what, where }, statement.span, {
    fixes: statement.kind === 'output' && statement.value ? returning(statement.span, statement.value.span) : [],
  })

function returning({ source, start }: Span, value: Span): readonly Fix[] {
  return [{ title: `write return ${textOf(value)}`, edits: [{ span: { source, start, end: value.start }, text: 'return ' }] }]
}

function reportTwice(what: string, names: readonly Identifier[], ctx: Context): void {
  for (const [i, { name, span }] of names.entries()) {
    const first = names.findIndex((other) => other.name === name)
    if (name === '_' || first === i) continue
    fail(ctx, 'name/duplicate', { what, name }, span, { labels: [{ origin: originAt(ctx, names[first]!.span), text: 'the first' }] })
  }
}
