import { formalAt, openFormals } from '../../compiler/elaborate/arguments.ts'
import { enums } from '../../compiler/elaborate/enums.ts'
import type { Formal } from '../../compiler/elaborate/formals.ts'
import type { CallExpr, Declaration, Expr } from '../../compiler/syntax/ast.ts'
import { pipeStep } from '../../compiler/syntax/pipe-step.ts'
import { statementsIn } from '../../compiler/syntax/statements-in.ts'
import { syntaxTreeOf } from '../../compiler/syntax/syntax-tree.ts'
import type { Span } from '../../compiler/text/source.ts'
import type { Analysis } from '../analysis.ts'
import { calleesOf, type Callee } from './callees.ts'
import type { Occurrence } from './named-thing.ts'

/** The words of enums, where one is wanted: they win over what else has their name. */
export function wordsIn(analysis: Analysis): readonly Occurrence[] {
  const { ast } = analysis
  const inCalls = syntaxTreeOf(ast).expressions.flatMap((expr) => (expr.kind === 'call' ? wordsOfCall(expr, analysis) : []))
  const found = [...inCalls, ...ast.declarations.flatMap(wordsOfDeclaration)]
  return [...new Map(found.map((one) => [one.span.start, one])).values()]
}

function wordsOfCall(call: CallExpr, analysis: Analysis): readonly Occurrence[] {
  if (!call.args.some(({ value }) => mayBeWord(value))) return []
  const tree = syntaxTreeOf(analysis.ast)
  const isPiped = pipeStep(call, tree) !== undefined && !call.args.some(({ value }) => value.kind === 'hole')
  return calleesOf(call.callee, analysis).flatMap((callee) => {
    const formals = openFormals(callee)
    let place = isPiped ? 1 : 0
    return call.args.flatMap((arg) => {
      const formal = arg.kind === 'named' ? formals.find(({ name }) => name === arg.name.name) : formalAt(formals, place)
      if (arg.kind === 'positional') place++
      return formal?.words && arg.kind !== 'spread' ? wordsWanted(arg.value, formal.words, typeOf(formal, callee)) : []
    })
  })
}

const mayBeWord = ({ kind }: Expr): boolean => kind === 'name' || kind === 'list' || kind === 'choice'

/** Where the type of a parameter is written. */
function typeOf({ name }: Formal, { target }: Callee): Span | undefined {
  if (target.kind === 'primitive' || target.kind === 'builtin') return undefined
  return target.declaration.parameters?.find((one) => one.name.name === name)?.type.span
}

function wordsOfDeclaration(declaration: Declaration): readonly Occurrence[] {
  const defaults = (declaration.parameters ?? []).flatMap(({ type, default: value }) => {
    const words = type.kind === 'named' ? enums.get(type.name.name) : undefined
    return value && words ? wordsWanted(value, words, type.span) : []
  })
  if (declaration.kind === 'const') return defaults
  const initial = statementsIn(declaration.body).flatMap((statement) =>
    statement.kind === 'weight' ? wordsWanted(statement.init, enums.get('init') ?? [], undefined) : [],
  )
  return [...defaults, ...initial]
}

/** The words that an expression gives, of those that are wanted. */
function wordsWanted(expr: Expr, words: readonly string[], type: Span | undefined): readonly Occurrence[] {
  switch (expr.kind) {
    case 'name':
      if (!words.includes(expr.name)) return []
      return [{ span: expr.span, thing: { key: `word ${words.join()}.${expr.name}`, kind: 'word', name: expr.name, made: type }, how: 'read' }]
    case 'choice':
      return [...wordsWanted(expr.consequent, words, type), ...wordsWanted(expr.alternative, words, type)]
    case 'list':
      return expr.items.flatMap((item) => (item.kind === 'value' ? wordsWanted(item.value, words, type) : []))
    default:
      return []
  }
}
