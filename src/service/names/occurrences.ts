import { declaredBy } from '../../compiler/reading/declared-by.ts'
import { readFile } from '../../compiler/reading/read-file.ts'
import type { Expr, Identifier } from '../../compiler/syntax/ast.ts'
import { bindingAt, bindingsIn, type Binding } from '../../compiler/syntax/bindings.ts'
import { statementsIn } from '../../compiler/syntax/statements-in.ts'
import { syntaxTreeOf } from '../../compiler/syntax/syntax-tree.ts'
import { contains, isSamePlace, type Span } from '../../compiler/text/source.ts'
import type { Analysis } from '../analysis.ts'
import { calleesOf, familyNamed, libraryTarget } from './callees.ts'
import { readOf } from './modules.ts'
import { thingCalled, thingDeclared, thingGiven, thingMade, type NamedThing, type Occurrence } from './named-thing.ts'
import { wordsIn } from './words.ts'

const known = new WeakMap<Analysis, readonly Occurrence[]>()

/** Every name of a file that stands for something, in the order of the text; a place may have several. */
export function occurrencesIn(analysis: Analysis): readonly Occurrence[] {
  let found = known.get(analysis)
  if (!found) {
    const words = wordsIn(analysis)
    const isWord = new Set(words.map(({ span }) => span.start))
    const others = [...boundIn(analysis), ...libraryNamesIn(analysis)].filter(({ span }) => !isWord.has(span.start))
    const all = [...words, ...others, ...argumentsIn(analysis), ...membersIn(analysis), ...labelsIn(analysis), ...resultsIn(analysis)]
    known.set(analysis, (found = all.sort((a, b) => a.span.start - b.span.start)))
  }
  return found
}

/** The names that an offset is in or beside, those of the value first. */
export const occurrencesAt = (analysis: Analysis, offset: number): readonly Occurrence[] =>
  occurrencesIn(analysis).filter(({ span }) => span.start <= offset && offset <= span.end)

function boundIn(analysis: Analysis): readonly Occurrence[] {
  const { ast } = analysis
  const outputs = statementsIn(ast.declarations.flatMap((one) => (one.kind === 'const' ? [] : one.body))).filter(({ kind }) => kind === 'output')
  const isOutput = new Set(outputs.flatMap((statement) => (statement.kind === 'output' ? [statement.name.span.start] : [])))
  return bindingsIn(ast).flatMap((binding) => {
    if (binding.kind === 'import') return importedBy(binding, analysis)
    // a value that becomes an output is named by those that call the model
    const kind = [binding, ...binding.uses].some(({ span }) => isOutput.has(span.start)) ? 'output' : binding.kind
    const thing = thingMade(kind, binding)
    return [{ span: binding.span, thing, how: 'made' as const }, ...usesOf(binding, thing)]
  })
}

const usesOf = ({ uses }: Binding, thing: NamedThing): readonly Occurrence[] =>
  uses.map((use) => (use.how === 'short' ? { span: use.span, thing, how: 'read', short: use.argument } : { span: use.span, thing, how: use.how }))

function importedBy(binding: Binding, analysis: Analysis): readonly Occurrence[] {
  const { module } = readOf(analysis)
  const own = thingMade('import', binding)
  const entry = analysis.ast.imports.flatMap(({ names }) => names).find(({ as }) => as.span.start === binding.span.start)
  const there = module.names.get(binding.name)
  const declared = there && declaredBy(there, module)
  const thing = declared ? thingDeclared(declared.declaration) : own
  const isRenamed = entry !== undefined && entry.name.span.start !== entry.as.span.start
  if (!isRenamed) return [{ span: binding.span, thing, how: declared ? 'read' : 'made' }, ...usesOf(binding, thing)]
  const inFile: Occurrence[] = [{ span: binding.span, thing, how: 'made' }, ...usesOf(binding, thing)]
  const original: readonly Occurrence[] = declared ? [{ span: entry.name.span, thing, how: 'read' }] : []
  return [...original, ...inFile.map((one) => ({ ...one, alias: own }))]
}

/** The ops, functions and families that the file does not make. */
const libraryNamesIn = (analysis: Analysis): readonly Occurrence[] =>
  syntaxTreeOf(analysis.ast).expressions.flatMap((expr): readonly Occurrence[] => {
    if (expr.kind === 'member') {
      const family = familyNamed(expr.of, analysis)
      if (family === undefined) return []
      const { source } = readOf(analysis).modules.family(family)
      const thing: NamedThing = { key: `family ${family}`, kind: 'family', name: family, made: { source, start: 0, end: 0 } }
      const [op] = calleesOf(expr, analysis)
      const ofOp: readonly Occurrence[] = op && expr.member.span.end > expr.member.span.start ? [{ span: expr.member.span, thing: thingCalled(op.target), how: 'read' }] : []
      return [{ span: expr.of.span, thing, how: 'read' }, ...ofOp]
    }
    if (expr.kind !== 'name' || bindingAt(expr.span, analysis.ast)) return []
    const target = libraryTarget(expr.name, analysis)
    return target ? [{ span: expr.span, thing: thingCalled(target), how: 'read' }] : []
  })

/** The names of arguments, each as often as there are parameters that it may be given to. */
const argumentsIn = (analysis: Analysis): readonly Occurrence[] =>
  syntaxTreeOf(analysis.ast).expressions.flatMap((expr) => {
    if (expr.kind !== 'call' || !expr.args.some(({ kind }) => kind === 'named')) return []
    const callees = calleesOf(expr.callee, analysis)
    return expr.args.flatMap((arg): readonly Occurrence[] => {
      if (arg.kind !== 'named') return []
      const { span, name } = arg.name
      const isShort = arg.value.kind === 'name' && arg.value.span.start === span.start
      const given = callees.flatMap(({ target }) => thingGiven(target, name) ?? [])
      return given.map((thing) => ({ span, thing, how: 'named', ...(isShort && { short: arg.span }) }))
    })
  })

/** The names of results: `r.logits`. */
const membersIn = (analysis: Analysis): readonly Occurrence[] =>
  syntaxTreeOf(analysis.ast).expressions.flatMap((expr) => {
    if (expr.kind !== 'member') return []
    const { name, span } = expr.member
    const made = new Map<string, NamedThing>()
    for (const { span: place, value } of analysis.values.get(expr.of.span.start) ?? []) {
      if (value.kind !== 'results' || !isSamePlace(place, expr.of.span)) continue
      const named = value.named[value.names.indexOf(name)]
      const thing = named && resultNamed(name, named)
      if (thing) made.set(thing.key, thing)
    }
    return [...made.values()].map((thing): Occurrence => ({ span, thing, how: 'read' }))
  })

/** A result of a block, or an output of a model, which may be a value that was made before. */
function resultNamed(name: string, span: Span): NamedThing {
  const { path, text, library } = span.source
  const { source, ast } = readFile(path, text, library)
  const binding = bindingAt({ ...span, source }, ast)
  return binding ? thingMade('output', binding) : thingMade('result', { name, span })
}

/** A label is a name of its body: of several in the branches of a condition each is the same. */
function labelsIn({ ast }: Analysis): readonly Occurrence[] {
  const labels = syntaxTreeOf(ast).expressions.flatMap((expr) => labelsOf(expr))
  return ast.declarations.flatMap((declaration) => {
    const made = new Map<string, NamedThing>()
    return labels.filter(({ span }) => contains(declaration.span, span)).map((label): Occurrence => {
      const before = made.get(label.name)
      const thing = before ?? thingMade('label', label)
      if (!before) made.set(label.name, thing)
      return { span: label.span, thing, how: 'made' }
    })
  })
}

const labelsOf = (expr: Expr): readonly Identifier[] => {
  const labels = expr.kind === 'label' ? [expr.label] : expr.kind === 'pipe' ? expr.steps.flatMap(({ label }) => label ?? []) : []
  return labels.filter(({ name }) => name !== '' && name !== '_')
}

const resultsIn = ({ ast }: Analysis): readonly Occurrence[] =>
  ast.declarations.flatMap((declaration) =>
    declaration.kind !== 'block'
      ? []
      : declaration.results.flatMap(({ name }): readonly Occurrence[] => (name ? [{ span: name.span, thing: thingMade('result', name), how: 'made' }] : [])),
  )

