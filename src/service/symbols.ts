import type { Declaration, Identifier, Statement } from '../compiler/syntax/ast.ts'
import { namesInPattern } from '../compiler/syntax/pattern-names.ts'
import { statementsIn } from '../compiler/syntax/statements-in.ts'
import { textOf, type Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'

export interface DocumentSymbol {
  readonly kind: Declaration['kind'] | 'input' | 'output' | 'weight' | 'layer' | 'assigned'
  readonly name: string
  /** The parameters or the shape, as they are written. */
  readonly detail: string
  /** All of it, with its name in it. */
  readonly span: Span
  readonly nameSpan: Span
  readonly inside: readonly DocumentSymbol[]
}

/** What a file declares, and in each declaration what its statements make, in the order of the text. */
export const symbols = ({ ast }: Analysis): readonly DocumentSymbol[] =>
  ast.declarations.flatMap((declaration) => {
    const { kind, name, span, parameters } = declaration
    const made = new Set<string>()
    const inside = kind === 'const' ? [] : statementsIn(declaration.body).flatMap((statement) => symbolsOf(statement, made))
    const detail = parameters && parameters.length > 0 ? `(${parameters.map((one) => one.name.name).join(', ')})` : ''
    return name.name === '' ? [] : [{ kind, name: name.name, detail, span, nameSpan: name.span, inside }]
  })

/** @param made the names that are there already: of what is assigned again the first is shown */
function symbolsOf(statement: Statement, made: Set<string>): readonly DocumentSymbol[] {
  return namesOf(statement).flatMap(({ kind, name: { name, span }, detail }) => {
    if (name === '' || (kind !== 'output' && made.has(name))) return []
    made.add(name)
    return [{ kind, name, detail, span: statement.span, nameSpan: span, inside: [] }]
  })
}

interface Named {
  readonly kind: DocumentSymbol['kind']
  readonly name: Identifier
  readonly detail: string
}

function namesOf(statement: Statement): readonly Named[] {
  switch (statement.kind) {
    case 'input':
    case 'output':
    case 'weight':
      return [{ kind: statement.kind, name: statement.name, detail: statement.shape ? textOf(statement.shape.span) : '' }]
    case 'layer':
      return [{ kind: 'layer', name: statement.name, detail: '' }]
    case 'assign':
      return statement.targets.flatMap(namesInPattern).map((name) => ({ kind: 'assigned', name, detail: '' }))
    default:
      return []
  }
}
