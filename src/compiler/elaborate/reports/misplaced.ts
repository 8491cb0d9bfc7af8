import type { Statement } from '../../syntax/ast.ts'
import { fail, type Context } from '../context.ts'
import type { Value } from '../value.ts'

const places = {
  'input in block': 'only models have inputs, a block has parameters',
  'nested input': 'inputs stand directly in the model, not in a loop or a condition',
  output: 'only models have outputs, a block returns its results',
  return: 'a model has outputs: output name = …',
} as const

/** Reports a statement where it may not stand. */
export const misplaced = (what: keyof typeof places, statement: Statement, ctx: Context): Value =>
  fail(ctx, 'statement/misplaced', { what: statement.kind, where: places[what] }, statement.span, {
    cause: { kind: 'misplaced-statement', statement },
  })
