import type { CallExpr, Expr } from '../syntax/ast.ts'
import type { Edit } from '../diagnostics/diagnostics.ts'
import type { Formal } from '../elaborate/formals.ts'
import { argumentEdit } from '../fixes/argument-edit.ts'
import type { Parameter } from './names.ts'

/** A call of an op of the library as it is written; no list is spread in it. */
export interface WrittenCall {
  /** The op as the library names it: `conv`, `weight.attention`. */
  readonly op: string
  readonly signature: readonly Formal[]
  readonly expr: Expr
  readonly args: CallExpr['args']
  /** Whether a pipe passes what the first parameter gets. */
  readonly piped: boolean
}

/** What is written for a parameter, by its name or at its position. */
export function argumentOf(call: WrittenCall, parameter: Parameter): Expr | undefined {
  const name = parameter.get(call.op)
  const [only] = name === undefined ? [] : writtenFor(name, call)
  return only
}

/** What is written for the tensors that a call brings together. */
export const tensorsOf = (call: WrittenCall): readonly Expr[] =>
  call.signature.flatMap(({ name, tensor }) => (tensor ? writtenFor(name, call) : []))

/** Several expressions are those of a parameter that collects them. */
function writtenFor(name: string, { args, signature, piped }: WrittenCall): readonly Expr[] {
  const named = args.find((arg) => arg.kind === 'named' && arg.name.name === name)
  if (named) return [named.value]
  const position = signature.findIndex((formal) => formal.name === name)
  const collecting = signature.findIndex(({ variadic }) => variadic)
  if (position < 0 || (collecting >= 0 && position > collecting)) return []
  const byPosition = args.flatMap(({ kind, value }) => (kind === 'positional' ? [value] : []))
  const at = position - (piped ? 1 : 0)
  if (position === collecting) return byPosition.slice(Math.max(at, 0))
  return at < 0 ? [] : byPosition.slice(at, at + 1)
}

const literals: ReadonlySet<Expr['kind']> = new Set(['number', 'size', 'bool'])

/** An argument that a call is to have. */
export interface ArgumentEdit {
  /** `bias: false` */
  readonly text: string
  readonly edit: Edit
}

/** Gives a parameter a value, in place of a literal or of its default; undefined where an expression decides it. */
export function withArgument(call: WrittenCall, parameter: Parameter, value: string): ArgumentEdit | undefined {
  const name = parameter.get(call.op)
  if (name === undefined) return undefined
  const text = `${name}: ${value}`
  const given = argumentOf(call, parameter)
  if (!given) return { text, edit: argumentEdit(call.expr, name, text) }
  return literals.has(given.kind) ? { text, edit: { span: given.span, text: value } } : undefined
}
