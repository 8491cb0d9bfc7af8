import { formalAt, openFormals } from '../compiler/elaborate/arguments.ts'
import type { Formal } from '../compiler/elaborate/formals.ts'
import type { BlockValue } from '../compiler/elaborate/value.ts'
import type { Argument, CallExpr } from '../compiler/syntax/ast.ts'
import { pipeStep } from '../compiler/syntax/pipe-step.ts'
import { syntaxTreeOf } from '../compiler/syntax/syntax-tree.ts'
import type { Analysis } from './analysis.ts'
import { lastOf, valuesAt } from './told.ts'

/** What a call calls; undefined where that is not known. */
const calledBy = ({ callee }: CallExpr, analysis: Analysis): BlockValue | undefined => lastOf('block', valuesAt(callee.span, analysis))

/** The parameter that an argument of a call is for. */
export function parameterAt(argument: Argument, call: CallExpr, analysis: Analysis): Formal | undefined {
  const block = calledBy(call, analysis)
  if (!block) return undefined
  const formals = openFormals(block)
  if (argument.kind === 'named') return formals.find(({ name }) => name === argument.name.name)
  const index = call.args.indexOf(argument)
  const before = call.args.slice(0, index)
  // of what is spread nobody knows how many it is
  if (argument.kind === 'spread' || before.some(({ kind }) => kind === 'spread')) return undefined
  const piped = pipeStep(call, syntaxTreeOf(analysis.ast)) && !call.args.some(({ value }) => value.kind === 'hole') ? 1 : 0
  const position = before.filter(({ kind }) => kind === 'positional').length + piped
  return formalAt(formals, position)
}
