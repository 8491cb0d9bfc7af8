import type { Declaration, Expr, Identifier, ListExpr } from '../syntax/ast.ts'
import { childrenOf, itemsOf } from '../syntax/children.ts'
import { inputsOf } from '../elaborate/inputs-of.ts'
import type { Module } from '../reading/module.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { expressionsOf } from './text/names-mentioned.ts'
import { namesRead } from './text/names-read.ts'
import { isMeantUnread } from './text/meant-unread.ts'
import { textRule } from './rule.ts'

/**
 * A parameter or an input of which neither the value nor an extent is read. Who passes a block on as a value decides what
 * parameters it has, so of blocks only those count that are called by name, and nothing else.
 */
export const unusedParameter = textRule('lint/unused-parameter', (file, report, { files, given }) => {
  for (const declaration of file.ast.declarations) {
    const taken = takenBy(declaration)
    const unread = taken.filter((one) => !isMeantUnread(one.name.name) && !isRead(one, taken, declaration))
    if (unread.length === 0 || (declaration.kind !== 'model' && !isOnlyCalled(declaration, file, files, given))) continue
    for (const { what, name } of unread)
      report({ what, name: name.name, of: declaration.name.name }, { span: name.span, frame: undefined })
  }
}, 'callers')

/** What a declaration takes, in order. */
interface Taken {
  readonly what: 'parameter' | 'input'
  readonly name: Identifier
  readonly shape: ListExpr | undefined
  /** The conditions on it, which are no use of it. */
  readonly where: readonly Expr[]
}

const takenBy = (declaration: Declaration): readonly Taken[] => [
  ...(declaration.parameters ?? []).map(({ name, type }) => ({
    what: 'parameter' as const,
    name,
    shape: type.kind === 'shape' ? type.shape : undefined,
    where: [],
  })),
  ...(declaration.kind === 'model'
    ? inputsOf(declaration).map(({ name, shape, where }) => ({ what: 'input' as const, name, shape, where }))
    : []),
]

function isRead({ name, shape, where }: Taken, taken: readonly Taken[], declaration: Declaration): boolean {
  const others = taken.filter((other) => other.name !== name).flatMap((other) => [...extentsOf(other.shape)])
  const read = new Set([
    ...readsOf(declaration).read.filter((expr) => !where.includes(expr)).flatMap((expr) => [...namesRead(expr)]),
    ...others,
    ...resultsOf(declaration),
  ])
  // an extent that another one gives as well is no use of this one
  const own = [...extentsOf(shape)].filter((extent) => !others.includes(extent))
  return [name.name, ...own].some((one) => read.has(one))
}

const extentsOf = (shape: ListExpr | undefined): ReadonlySet<string> =>
  new Set(shape ? itemsOf(shape).flatMap((axis) => [...namesRead(axis)]) : [])

/** What the declared results of a block mention. */
const resultsOf = (declaration: Declaration): readonly string[] =>
  declaration.kind !== 'block'
    ? []
    : declaration.results.flatMap((result) => {
        if (result.kind === 'like') return [result.model.name]
        return result.type.kind === 'shape' ? [...extentsOf(result.type.shape)] : []
      })

/** Whether some file calls a declaration and none passes it on, nor does a value that a parameter was given. */
function isOnlyCalled({ name }: Declaration, file: Module, files: readonly Module[], given: readonly Expr[]): boolean {
  const mentions = files.flatMap((other) => {
    const aliases =
      other === file
        ? [name.name]
        : other.ast.imports.flatMap(({ names }) => names.flatMap((one) => (one.name.name === name.name ? [one.as.name] : [])))
    const expressions = [...other.ast.declarations.flatMap(expressionsOf), ...(other === files[0] ? given : [])]
    return expressions.flatMap((expr) => mentionsIn(expr, aliases))
  })
  return mentions.length > 0 && mentions.every((mention) => mention === 'called')
}

type Mention = 'called' | 'passed on'

/** How an expression mentions one of the names. */
function mentionsIn(expr: Expr, names: readonly string[]): readonly Mention[] {
  const isOne = (one: Expr): boolean => one.kind === 'name' && names.includes(one.name)
  if (isOne(expr)) return ['passed on']
  if (expr.kind === 'call' && isOne(expr.callee)) {
    const args = expr.args.map(({ value }) => value)
    return [args.some(({ kind }) => kind === 'hole') ? 'passed on' : 'called', ...args.flatMap((arg) => mentionsIn(arg, names))]
  }
  if (expr.kind === 'pipe') {
    const steps = expr.steps.flatMap(({ value }): readonly Mention[] => {
      const called = isOne(value) || (value.kind === 'call' && isOne(value.callee))
      return called
        ? ['called', ...(value.kind === 'call' ? value.args.flatMap((arg) => mentionsIn(arg.value, names)) : [])]
        : mentionsIn(value, names)
    })
    return [...mentionsIn(expr.head, names), ...steps]
  }
  return childrenOf(expr).flatMap((child) => mentionsIn(child, names))
}
