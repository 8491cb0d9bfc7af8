import { builtins } from '../../compiler/elaborate/builtins.ts'
import type { BlockValue, Target } from '../../compiler/elaborate/value.ts'
import { primitives } from '../../compiler/primitives/index.ts'
import { declaredBy } from '../../compiler/reading/declared-by.ts'
import type { Module } from '../../compiler/reading/module.ts'
import type { Expr, Statement } from '../../compiler/syntax/ast.ts'
import { bindingAt, type Binding } from '../../compiler/syntax/bindings.ts'
import { namesInPattern } from '../../compiler/syntax/pattern-names.ts'
import { statementsIn } from '../../compiler/syntax/statements-in.ts'
import { contains, isSamePlace } from '../../compiler/text/source.ts'
import type { Analysis } from '../analysis.ts'
import { readOf } from './modules.ts'

/** What may be called, with the arguments that it was given before. */
export type Callee = Pick<BlockValue, 'target' | 'given'>

/**
 * What an expression that is called stands for: each block that it was in some call and turn, or, where it was elaborated in none, what
 * the text says.
 */
export function calleesOf(expr: Expr, analysis: Analysis): readonly Callee[] {
  const told = (analysis.values.get(expr.span.start) ?? []).flatMap(({ span, value }) =>
    isSamePlace(span, expr.span) && value.kind === 'block' ? [value] : [],
  )
  const distinct = new Map(told.map((value) => [subjectOf(value.target), value]))
  if (distinct.size > 0) return [...distinct.values()]
  const target = writtenTarget(expr, analysis, new Set())
  return target ? [{ target, given: undefined }] : []
}

const subjectOf = (target: Target): object =>
  target.kind === 'primitive' ? target.primitive : target.kind === 'builtin' ? target.builtin : target.declaration

/** @param passed the names on the way here, which may lead in a circle */
function writtenTarget(expr: Expr, analysis: Analysis, passed: Set<Binding>): Target | undefined {
  if (expr.kind === 'call') return writtenTarget(expr.callee, analysis, passed)
  if (expr.kind === 'label' || (expr.kind === 'unary' && expr.op === 'freeze')) return writtenTarget(expr.of, analysis, passed)
  if (expr.kind === 'member') return familyTarget(expr, analysis)
  if (expr.kind !== 'name') return undefined
  const binding = bindingAt(expr.span, analysis.ast)
  if (!binding) return libraryTarget(expr.name, analysis)
  const { module } = readOf(analysis)
  if (isOfFile(binding)) return targetNamed(binding.name, module)
  if (passed.has(binding) || binding.uses.some(({ how }) => how === 'written')) return undefined
  const value = valueGiven(binding, analysis)
  return value && writtenTarget(value, analysis, passed.add(binding))
}

/** Whether a name is one of the file, not of a body. */
const isOfFile = ({ kind }: Binding): boolean => kind === 'import' || kind === 'model' || kind === 'block' || kind === 'const'

/** The value of the statement that makes a name. */
function valueGiven({ span }: Binding, { ast }: Analysis): Expr | undefined {
  const bodies = ast.declarations.flatMap((one) => (one.kind === 'const' || !contains(one.span, span) ? [] : one.body))
  return statementsIn(bodies).flatMap((statement) => (makes(statement, span.start) ? [statement.value] : []))[0]
}

const makes = (statement: Statement, start: number): statement is Statement & { kind: 'assign' | 'layer' } =>
  statement.kind === 'layer'
    ? statement.name.span.start === start
    : statement.kind === 'assign' && statement.targets.length === 1 && statement.targets.flatMap(namesInPattern)[0]?.span.start === start

function targetNamed(name: string, module: Module): Target | undefined {
  const binding = module.names.get(name)
  const declared = binding && declaredBy(binding, module)
  if (!declared) return undefined
  const { declaration } = declared
  if (declaration.kind === 'const') return declaration.parameters && { kind: 'function', declaration, module: declared.module }
  return declaration.kind === 'block'
    ? { kind: 'block', declaration, module: declared.module }
    : { kind: 'model', declaration, module: declared.module }
}

/** What the library or the language has under a name. */
export function libraryTarget(name: string, analysis: Analysis): Target | undefined {
  const { prelude } = readOf(analysis).modules
  const declared = targetNamed(name, prelude)
  if (declared) return declared
  const builtin = builtins.get(name)
  if (builtin) return { kind: 'builtin', builtin }
  const primitive = primitives.get(name)
  return primitive && { kind: 'primitive', primitive }
}

function familyTarget(expr: Expr & { kind: 'member' }, analysis: Analysis): Target | undefined {
  const family = familyNamed(expr.of, analysis)
  return family === undefined ? undefined : targetNamed(expr.member.name, readOf(analysis).modules.family(family))
}

/** The family that an expression names, unless the text makes something of that name. */
export function familyNamed(expr: Expr, analysis: Analysis): string | undefined {
  if (expr.kind !== 'name' || !readOf(analysis).modules.families.includes(expr.name)) return undefined
  const binding = bindingAt(expr.span, analysis.ast)
  return binding && binding.kind !== 'import' ? undefined : expr.name
}
