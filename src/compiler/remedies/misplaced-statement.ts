import type { BlockDeclaration, Expr, Statement } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { statementsIn } from '../elaborate/statements-in.ts'
import { indentOf, textOf, type Span } from '../text/source.ts'
import { declarationAround } from './around.ts'
import type { Remedy } from './remedy.ts'

/** The statement that stands there instead. */
export const properStatement: Remedy<'misplaced-statement'> = ({ statement }, ctx) => {
  if (statement.kind === 'return') return { fixes: asOutput(statement.values, statement.span) }
  const block = declarationAround(statement.span, ctx)
  if (block?.kind !== 'block') return {}
  if (statement.kind === 'output') return { fixes: asReturn(block) }
  return statement.kind === 'input' ? { fixes: asParameter(statement, block, ctx) } : {}
}

/** What a model would return is its output, called as it is called already. */
function asOutput(values: readonly Expr[], span: Span): readonly Fix[] {
  const [value, ...others] = values
  if (!value || others.length > 0) return []
  const written = value.kind === 'name' ? `output ${value.name}` : `output y = ${textOf(value.span)}`
  return [{ title: `write ${written}`, edits: [{ span, text: written }] }]
}

/** The outputs of a block are what it returns: the only one as it stands, several by their names at the end. */
function asReturn({ body, span }: BlockDeclaration): readonly Fix[] {
  const outputs = statementsIn(body).filter((statement) => statement.kind === 'output')
  const [only, ...others] = outputs
  if (!only) return []
  const { source } = span
  if (others.length === 0) {
    const { start } = only.span
    const value = only.value ?? only.name
    return [
      {
        title: `write return ${textOf(value.span)}`,
        edits: [{ span: { source, start, end: value.span.start }, text: 'return ' }],
      },
    ]
  }
  const last = outputs.at(-1) ?? only
  const indent = indentOf(last.span)
  const returned = `return ${outputs.map(({ name }) => name.name).join(', ')}`
  const unnamed = outputs.map((output): Edit => ({
    span: { source, start: output.span.start, end: output.name.span.start },
    text: '',
  }))
  return [
    {
      title: `write ${returned}`,
      edits: [...unnamed, { span: { ...last.span, start: last.span.end }, text: `\n${indent}${returned}` }],
    },
  ]
}

/** An input of a block is a parameter, and its callers in models of one input pass that. */
function asParameter(
  { name, shape, span }: Statement & { kind: 'input' },
  block: BlockDeclaration,
  ctx: Context,
): readonly Fix[] {
  const { source } = span
  const written = `${name.name}: ${textOf(shape.span)}`
  const open = source.text.indexOf('(', block.name.span.end) + 1
  const before = source.text.slice(0, span.start).trimEnd().length
  const calls = ctx.module.ast.declarations.flatMap((caller): readonly Edit[] => {
    const [input, ...others] =
      caller.kind === 'model' ? statementsIn(caller.body).filter((statement) => statement.kind === 'input') : []
    if (!input || others.length > 0) return []
    return readsOf(caller).read.flatMap((expr) => callsWithoutArguments(expr, block.name.name)).map(({ source: text, end }) => ({
      span: { source: text, start: end - 1, end: end - 1 },
      text: input.name.name,
    }))
  })
  return [
    {
      title: `make it a parameter: ${block.name.name}(${written})`,
      edits: [
        { span: { source, start: open, end: open }, text: block.parameters.length > 0 ? `${written}, ` : written },
        { span: { source, start: before, end: span.end }, text: '' },
        ...calls,
      ],
    },
  ]
}

function callsWithoutArguments(expr: Expr, name: string): readonly Span[] {
  const isOne = expr.kind === 'call' && expr.args.length === 0 && expr.callee.kind === 'name' && expr.callee.name === name
  return [...(isOne ? [expr.span] : []), ...childrenOf(expr).flatMap((child) => callsWithoutArguments(child, name))]
}
