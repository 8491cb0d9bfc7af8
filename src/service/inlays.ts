import { parameterAt } from './called.ts'
import { childrenOf } from '../compiler/syntax/children.ts'
import { expressionsOf } from '../compiler/syntax/expressions-of.ts'
import { outerSpan } from '../compiler/syntax/outer-span.ts'
import { namesInPattern } from '../compiler/syntax/pattern-names.ts'
import { statementsIn } from '../compiler/syntax/statements-in.ts'
import type { CallExpr, Expr, FileAst, Identifier, ListExpr, PipeExpr, Statement } from '../compiler/syntax/ast.ts'
import type { Analysis } from './analysis.ts'
import { movedFrom } from './moved.ts'
import { shownShape } from './shape-text.ts'
import { namesAt, valuesAt } from './told.ts'

/** A text that an editor shows between those of the file. */
export interface Inlay {
  /** It stands before what is there. */
  readonly offset: number
  readonly kind: 'shape' | 'parameter'
  readonly text: string
  /** Of a shape, what there is to say of it where it is several: each once. */
  readonly details: readonly string[]
  /** It is that of the text before the mistake that is in it. */
  readonly stale: boolean
}

interface InlayOptions {
  /** Whether the names of parameters stand before the arguments of calls. */
  readonly parameters?: boolean
}

/**
 * The shapes behind names that are bound and behind the steps of pipes at which lines break, in the order of the text; where a
 * mistake hides one, the last that was known.
 */
export function inlays(analysis: Analysis, options: InlayOptions = {}): readonly Inlay[] {
  const found = new Map<number, Inlay>()
  for (const inlay of inlaysOf(analysis, options)) if (!found.has(inlay.offset)) found.set(inlay.offset, inlay)
  const { lastGood } = analysis
  if (lastGood) {
    const move = movedFrom(lastGood.source.text, analysis.source.text)
    for (const inlay of inlaysOf(lastGood, options)) {
      const offset = move(inlay.offset)
      if (offset !== undefined && !found.has(offset)) found.set(offset, { ...inlay, offset, stale: true })
    }
  }
  return [...found.values()].sort((a, b) => a.offset - b.offset)
}

function inlaysOf(analysis: Analysis, { parameters = false }: InlayOptions): readonly Inlay[] {
  const { statements, expressions } = partsOf(analysis.ast)
  return [
    ...parametersOf(analysis.ast, analysis),
    ...statements.flatMap((statement) => boundBy(statement, analysis)),
    ...expressions.flatMap((expr) => (expr.kind === 'pipe' ? brokenSteps(expr, analysis) : [])),
    ...(parameters ? expressions.flatMap((expr) => (expr.kind === 'call' ? namesOfArguments(expr, analysis) : [])) : []),
  ]
}

function partsOf({ declarations }: FileAst): { readonly statements: readonly Statement[]; readonly expressions: readonly Expr[] } {
  const statements = statementsIn(declarations.flatMap((declaration) => (declaration.kind === 'const' ? [] : declaration.body)))
  const outer = [
    ...statements.flatMap(expressionsOf),
    ...declarations.flatMap((declaration) => (declaration.kind === 'const' ? [declaration.value] : [])),
  ]
  const expressions: Expr[] = []
  // chains of calls can be deeper than the stack
  for (const stack = outer.toReversed(); stack.length > 0; ) {
    const expr = stack.pop()!
    expressions.push(expr)
    stack.push(...childrenOf(expr).toReversed())
  }
  return { statements, expressions }
}

const shapeAt = (offset: number, told: Parameters<typeof shownShape>[0], analysis: Analysis): readonly Inlay[] => {
  const shown = shownShape(told, analysis)
  return shown ? [{ offset, kind: 'shape', text: ` ${shown.text}`, details: shown.all, stale: false }] : []
}

/** Of parameters whose type says no shape. */
const parametersOf = ({ declarations }: FileAst, analysis: Analysis): readonly Inlay[] =>
  declarations.flatMap(({ kind, parameters = [] }) =>
    kind === 'const'
      ? []
      : parameters.flatMap(({ name, type }) => {
          const told = namesAt(name.span, analysis).filter(({ where }) => where.frame?.call !== where.frame?.definition)
          return type.kind === 'named' && type.name.name === 'tensor' ? shapeAt(type.span.end, told, analysis) : []
        }),
  )

/** Of the names that a statement binds, unless it says all of their shape itself. */
function boundBy(statement: Statement, analysis: Analysis): readonly Inlay[] {
  if (statement.kind !== 'assign' && (statement.kind !== 'output' || !statement.value)) return []
  const names: readonly Identifier[] = statement.kind === 'assign' ? statement.targets.flatMap(namesInPattern) : [statement.name]
  const { shape } = statement
  if (shape && isWhole(shape)) return []
  return names.flatMap(({ span }) => shapeAt((shape ?? { span }).span.end, namesAt(span, analysis), analysis))
}

const isWhole = ({ items }: ListExpr): boolean => items.every(({ kind, value }) => kind === 'value' && value.kind !== 'hole')

/** Of the head and the steps of a pipe behind which a line breaks, and of the last where it begins a line. */
function brokenSteps({ head, steps }: PipeExpr, analysis: Analysis): readonly Inlay[] {
  const { text } = analysis.source
  const pieces = [
    { value: head, end: outerSpan(head).end, sign: undefined },
    ...steps.map(({ value, label, sign }) => ({ value, end: (label?.span ?? outerSpan(value)).end, sign })),
  ]
  const isBreak = (from: number, to: number): boolean => text.slice(from, to).includes('\n')
  return pieces.flatMap(({ value, end, sign }, i) => {
    const [before, next] = [pieces[i - 1], pieces[i + 1]]
    const breaks = next?.sign ? isBreak(end, next.sign.start) : before && sign ? isBreak(before.end, sign.start) : false
    return breaks ? shapeAt(end, valuesAt(value.span, analysis), analysis) : []
  })
}

/** Of the arguments by position, but tensors and those whose text says it. */
const namesOfArguments = (call: CallExpr, analysis: Analysis): readonly Inlay[] =>
  call.args.flatMap((arg) => {
    if (arg.kind !== 'positional' || arg.value.kind === 'hole') return []
    const formal = parameterAt(arg, call, analysis)
    const isSaid = arg.value.kind === 'name' && arg.value.name === formal?.name
    if (!formal || formal.tensor || formal.variadic || isSaid) return []
    return [{ offset: arg.span.start, kind: 'parameter' as const, text: `${formal.name}: `, details: [], stale: false }]
  })
