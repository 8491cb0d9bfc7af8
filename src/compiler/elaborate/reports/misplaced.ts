import type { BlockDeclaration, Expr, Statement } from '../../syntax/ast.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { indentOf, textOf, type Span } from '../../text/source.ts'
import { fail, type Context } from '../context.ts'
import { statementsIn } from '../statements-in.ts'
import type { Value } from '../value.ts'

const places = {
  'input in block': 'only models have inputs, a block has parameters',
  'nested input': 'inputs stand directly in the model, not in a loop or a condition',
  output: 'only models have outputs, a block returns its results',
  return: 'a model has outputs: output name = …',
} as const

/** Reports a statement where it may not stand, with the one that stands there instead. */
export const misplaced = (what: keyof typeof places, statement: Statement, ctx: Context): Value =>
  fail(ctx, 'statement/misplaced', { what: statement.kind, where: places[what] }, statement.span, {
    fixes: fixesFor(what, statement, ctx),
  })

function fixesFor(what: keyof typeof places, statement: Statement, ctx: Context): readonly Fix[] {
  if (statement.kind === 'return' && what === 'return') return asOutput(statement.values, statement.span)
  const block = ctx.module.ast.declarations.find(
    ({ kind, span }) => kind === 'block' && span.start <= statement.span.start && statement.span.end <= span.end,
  )
  if (block?.kind !== 'block') return []
  if (statement.kind === 'output') return asReturn(block)
  return what === 'input in block' && statement.kind === 'input' ? asParameter(statement, block, ctx) : []
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
    const text = textOf(caller.span)
    return [...text.matchAll(new RegExp(String.raw`\b${block.name.name}\(\)`, 'g'))].map(({ index, 0: call }) => {
      const end = caller.span.start + index + call.length - 1
      return { span: { source, start: end, end }, text: input.name.name }
    })
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
