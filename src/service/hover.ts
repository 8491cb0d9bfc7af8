import { tokenEnd } from '../../grammar/token-end.ts'
import { Pipe } from '../../grammar/tokens.ts'
import { declaredBy } from '../compiler/reading/declared-by.ts'
import type { Declaration, Expr } from '../compiler/syntax/ast.ts'
import { pipeStep } from '../compiler/syntax/pipe-step.ts'
import { statementsIn } from '../compiler/syntax/statements-in.ts'
import { syntaxTreeOf } from '../compiler/syntax/syntax-tree.ts'
import { isSamePlace, textOf, type Span } from '../compiler/text/source.ts'
import type { Analysis, ToldName, ToldValue } from './analysis.ts'
import { occurrenceByName } from './names/by-name.ts'
import { calleesOf } from './names/callees.ts'
import { readOf } from './names/modules.ts'
import type { Occurrence } from './names/named-thing.ts'
import { occurrencesAt } from './names/occurrences.ts'
import { countsText, madeByCall, madeByDeclaration, pathsText } from './said/counted.ts'
import { described, ofDeclaration, pagesOf, parameterText, signatureText, type Described } from './said/described.ts'
import { fromWhere } from './said/from-where.ts'
import { inAllCalls } from './said/in-calls.ts'
import { memberDocs, typeDocs, wordDocs } from './said/words.ts'
import { summaryOf } from '../compiler/library/op-pages.ts'
import { namesAt, valuesAt } from './told.ts'
import { parameterAt } from './called.ts'

interface Hover {
  /** What it is about. */
  readonly span: Span
  readonly markdown: string
}

/** What there is to say of what stands at an offset. */
export function hover(analysis: Analysis, offset: number): Hover | undefined {
  const token = analysis.parsed.tokens.findLast((one) => one.startOffset <= offset && offset <= tokenEnd(one))
  if (!token) return undefined
  const span = { source: analysis.source, start: token.startOffset, end: tokenEnd(token) }
  const named = occurrencesAt(analysis, offset)
  const found = named.length > 0 ? named : [occurrenceByName(token, analysis)].flatMap((one) => one ?? [])
  const parts = found.length > 0 ? ofNames(found, analysis) : token.tokenType === Pipe ? ofPipe(span, analysis) : ofWord(span, token.image, analysis)
  const said = parts.filter((part) => part !== '')
  return said.length === 0 ? undefined : { span: found[0]?.span ?? span, markdown: said.join('\n\n') }
}

/** Parts of Markdown; empty ones are left out. */
type Parts = readonly string[]

const code = (text: string): string => `\`\`\`fmw\n${text}\n\`\`\``

/** `stride:` names a parameter and a value: both are said. */
function ofNames(found: readonly Occurrence[], analysis: Analysis): Parts {
  const seen = new Set<string>()
  return found
    .filter(({ thing, how }) => !seen.has(`${thing.key} ${how}`) && seen.add(`${thing.key} ${how}`))
    .flatMap((one, i) => [...(i > 0 ? ['---'] : []), ...ofName(one, analysis)])
}

function ofName(occurrence: Occurrence, analysis: Analysis): Parts {
  const { thing, span, how } = occurrence
  if (how === 'named') return ofArgument(span, analysis)
  switch (thing.kind) {
    case 'word':
      return [code(thing.name), ...ofWordArgument(span, analysis)]
    case 'family':
      return ofFamily(thing.name, analysis)
    case 'op':
    case 'model':
    case 'block':
    case 'const':
    case 'import':
      return ofDeclared(occurrence, analysis)
    case 'label':
      return ofLabel(span, thing.name, analysis)
    case 'result':
      return ofValue(thing.name, 'a result', valuesAround(span, analysis), span, analysis)
    default:
      return ofValue(thing.name, kinds[thing.kind], toldOf(occurrence, analysis), span, analysis)
  }
}

/** What a name was told to be; of one in a statement that could not be read, where it was made. */
function toldOf({ span, thing: { made } }: Occurrence, analysis: Analysis): readonly ToldName[] {
  const told = namesAt(span, analysis)
  return told.length > 0 || made?.source !== analysis.source ? told : namesAt(made, analysis)
}

const kinds = {
  parameter: 'a parameter',
  extent: 'an extent',
  input: 'an input',
  output: 'an output',
  weight: 'a weight',
  layer: 'a layer',
  assigned: 'a value',
  loop: 'a name of a loop',
} as const

/** What a name or a step is in all calls, and where its extents come from. */
function ofValue(name: string, kind: string, told: Parameters<typeof inAllCalls>[0], span: Span, analysis: Analysis): Parts {
  const { text, list, told: one, isStanding } = inAllCalls(told, analysis)
  const head = text === undefined ? name : `${name}: ${text}`
  const from = one ? fromWhere(one.value, { span, frame: one.where.frame }) : []
  return [
    code(head),
    kind && `${kind[0]!.toUpperCase()}${kind.slice(1)}${told.length === 0 ? '; no model that compiles gets here' : isStanding ? '. Nobody is known to call it: so it is with the defaults of its parameters' : ''}.`,
    list.join('\n'),
    from.join('\n'),
  ]
}

/** A declaration, an import or an op where it is named; where it is called also what comes of that. */
function ofDeclared({ thing, span }: Occurrence, analysis: Analysis): Parts {
  const call = calledAt(span, analysis)
  const [callee] = call ? calleesOf(calleeOf(call), analysis) : []
  const declaration = declarationOf(thing.name, analysis)
  const said = callee ? described(callee.target, analysis) : declaration ? ofDeclaration(declaration) : describedOp(span, analysis)
  if (!said) return [code(thing.name)]
  if (call) return [...ofCall(call, analysis), ...ofCallee(said)]
  const counts = declaration && countsText(madeByDeclaration(declaration.span, analysis))
  const constant = declaration?.kind === 'const' && !declaration.parameters ? ofValue(thing.name, '', namesAt(span, analysis), span, analysis) : []
  return [...(constant.length > 0 ? [`${code(`const ${thing.name}`)}`, ...constant.slice(2)] : [code(signatureText(said))]), counts ? `${counts}.` : '', said.doc]
}

function describedOp(span: Span, analysis: Analysis): Described | undefined {
  const tree = syntaxTreeOf(analysis.ast)
  const expr = tree.expressionAt(span) ?? tree.expressions.find((one) => one.kind === 'member' && isSamePlace(one.member.span, span))
  const [callee] = calleesOf(expr ?? { kind: 'name', name: textOf(span), span }, analysis)
  const found = callee && described(callee.target, analysis)
  return found && found.name !== '' ? found : undefined
}

function declarationOf(name: string, analysis: Analysis): Declaration | undefined {
  const { module } = readOf(analysis)
  const binding = module.names.get(name)
  return binding && declaredBy(binding, module)?.declaration
}

/** The shape that comes of a call, where it comes from, and what the call makes. */
function ofCall(call: Expr, analysis: Analysis): Parts {
  const { text, list, told } = inAllCalls(resultsAt(call.span, analysis), analysis)
  const made = madeByCall(call.span, analysis)
  const counts = countsText(made)
  const paths = pathsText(made)
  return [
    text === undefined ? '' : `gives \`${text}\``,
    list.join('\n'),
    told ? fromWhere(told.value, { span: call.span, frame: told.where.frame }).join('\n') : '',
    counts ? `${counts}${paths ? `; weights under ${paths}` : ''}.` : '',
  ]
}

/** What came of a call or a step, which may be told as what is called too. */
const resultsAt = (span: Span, analysis: Analysis): readonly ToldValue[] => valuesAt(span, analysis).filter(({ value }) => value.kind !== 'block')

const ofCallee = (said: Described): Parts => [
  code(signatureText(said)),
  said.doc,
  said.keyword ? '' : said.parameters.map((one) => `- \`${parameterText(one)}\`${one.doc && `: ${one.doc}`}`).join('\n'),
  said.result ? `Result: ${said.result}` : '',
  said.paper ? `Paper: ${said.paper}` : '',
]

const calleeOf = (call: Expr): Expr => (call.kind === 'call' ? call.callee : call)

/** The call, or the step of a pipe, whose callee is named at a place. */
function calledAt(name: Span, analysis: Analysis): Expr | undefined {
  const tree = syntaxTreeOf(analysis.ast)
  const expr = tree.expressions.find((one) =>
    one.kind === 'name' ? isSamePlace(one.span, name) : one.kind === 'member' && isSamePlace(one.member.span, name),
  )
  if (!expr) return undefined
  const around = tree.around(expr)
  if (around?.kind === 'call' && around.callee === expr) return around
  return pipeStep(expr, tree) && expr
}

function ofLabel(span: Span, name: string, analysis: Analysis): Parts {
  const { expressions } = syntaxTreeOf(analysis.ast)
  const labelled = expressions.flatMap((expr): readonly Expr[] => {
    if (expr.kind === 'label') return isSamePlace(expr.label.span, span) ? [expr.of] : []
    return expr.kind === 'pipe' ? expr.steps.flatMap(({ label, value }) => (label && isSamePlace(label.span, span) ? [value] : [])) : []
  })
  return [code(`as ${name}`), 'A label: the weights of what it stands behind are found under this name.', ...labelled.flatMap((call) => ofCall(call, analysis))]
}

/** A parameter where an argument names it. */
function ofArgument(span: Span, analysis: Analysis): Parts {
  for (const expr of syntaxTreeOf(analysis.ast).expressions) {
    if (expr.kind !== 'call') continue
    const found = expr.args.find((arg) => arg.kind === 'named' && isSamePlace(arg.name.span, span))
    if (found?.kind === 'named') return ofParameter(found.name.name, expr, analysis)
  }
  return []
}

function ofParameter(name: string, call: Expr, analysis: Analysis): Parts {
  const [callee] = calleesOf(calleeOf(call), analysis)
  const said = callee && described(callee.target, analysis)
  const parameter = said?.parameters.find((one) => one.name === name)
  if (!said || !parameter) return [code(name)]
  const words = parameter.words ? `One of ${parameter.words.map((word) => `\`${word}\``).join(', ')}.` : ''
  return [code(parameterText(parameter)), `A parameter of \`${said.name}\`.`, parameter.doc, words]
}

/** A word where it is an argument: what the parameter says of it. */
function ofWordArgument(span: Span, analysis: Analysis): Parts {
  for (const call of syntaxTreeOf(analysis.ast).expressions) {
    const arg = call.kind === 'call' ? call.args.find(({ value }) => value.kind === 'name' && isSamePlace(value.span, span)) : undefined
    if (call.kind !== 'call' || !arg) continue
    const formal = parameterAt(arg, call, analysis)
    return formal ? ofParameter(formal.name, call, analysis) : []
  }
  return []
}

function ofFamily(name: string, analysis: Analysis): Parts {
  const pages = [...pagesOf(analysis).values()].filter((page) => page.name.startsWith(`${name}.`))
  return [code(name), 'A family of the library.', pages.map((page) => `- \`${page.name}\`: ${summaryOf(page)}`).join('\n')]
}

/** What a `|>` hands on. */
function ofPipe(span: Span, analysis: Analysis): Parts {
  for (const expr of syntaxTreeOf(analysis.ast).expressions) {
    const index = expr.kind === 'pipe' ? expr.steps.findIndex(({ sign }) => isSamePlace(sign, span)) : -1
    if (expr.kind !== 'pipe' || index < 0) continue
    const before = index === 0 ? expr.head : expr.steps[index - 1]!.value
    return ofValue('|>', '', resultsAt(before.span, analysis), span, analysis)
  }
  return []
}

/** A keyword, a type, a member, or a loop by its `for`. */
function ofWord(span: Span, image: string, analysis: Analysis): Parts {
  const member = syntaxTreeOf(analysis.ast).expressions.find((expr) => expr.kind === 'member' && isSamePlace(expr.member.span, span))
  if (member) return [...ofValue(image, '', valuesAt(member.span, analysis), span, analysis), memberDocs.get(image) ?? '']
  const type = typeDocs.get(image)
  const isType = analysis.ast.declarations.some(({ parameters = [] }) => parameters.some((one) => one.type.kind === 'named' && isSamePlace(one.type.name.span, span)))
  if (type && isType) return [code(image), type]
  const word = wordDocs.get(image)
  return word === undefined ? [] : [code(image), word, ofLoop(span, analysis)]
}

function ofLoop(span: Span, analysis: Analysis): string {
  const loops = analysis.ast.declarations.flatMap((declaration) => (declaration.kind === 'const' ? [] : statementsIn(declaration.body)))
  const loop = loops.find((statement) => statement.kind === 'for' && statement.span.start === span.start)
  const counts = loop && countsText(madeByDeclaration(loop.span, analysis))
  return counts ? `${counts}.` : ''
}

function valuesAround(name: Span, analysis: Analysis): Parameters<typeof inAllCalls>[0] {
  const member = syntaxTreeOf(analysis.ast).expressions.find((expr) => expr.kind === 'member' && isSamePlace(expr.member.span, name))
  return member ? valuesAt(member.span, analysis) : []
}
