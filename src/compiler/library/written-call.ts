import type { CallExpr, Expr } from '../syntax/ast.ts'
import type { Edit } from '../diagnostics/diagnostics.ts'
import type { Formal } from '../elaborate/formals.ts'
import { argumentEdit, namedArgument } from '../fixes/argument-edit.ts'
import type { Parameter } from './names.ts'

/** A call of an op of the library as it is written. */
export interface WrittenCall {
  /** The op as the library names it: `conv`, `weight.attention`. */
  readonly op: string
  /** Empty where only the names of its arguments say which they are. */
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
interface ArgumentEdit {
  /** `bias: false` */
  readonly text: string
  readonly edit: Edit
}

/** Gives a parameter a value, whatever stands there; undefined where the op has no such parameter. */
export function writeArgument(call: WrittenCall, parameter: Parameter, value: string): ArgumentEdit | undefined {
  const name = parameter.get(call.op)
  if (name === undefined) return undefined
  const text = `${name}: ${value}`
  const given = namedArgument(call.expr, name) ? undefined : argumentOf(call, parameter)
  return { text, edit: given ? { span: given.span, text: value } : argumentEdit(call.expr, name, text) }
}

/** The same in place of a literal or of a default; undefined too where an expression decides it. */
export function withArgument(call: WrittenCall, parameter: Parameter, value: string): ArgumentEdit | undefined {
  const given = argumentOf(call, parameter)
  return given && !literals.has(given.kind) ? undefined : writeArgument(call, parameter, value)
}

/** Gives another parameter a value instead of the one that has an argument; undefined where it has none. */
export function replaceArgument(call: WrittenCall, parameter: Parameter, other: Parameter, value: string): Edit | undefined {
  const given = namedArgument(call.expr, parameter.get(call.op) ?? '') ?? argumentOf(call, parameter)
  const name = other.get(call.op)
  return given && name !== undefined ? { span: given.span, text: `${name}: ${value}` } : undefined
}
