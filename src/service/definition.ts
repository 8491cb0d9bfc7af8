import { tokenEnd } from '../../grammar/token-end.ts'
import { readFile } from '../compiler/reading/read-file.ts'
import type { Statement } from '../compiler/syntax/ast.ts'
import { statementsIn } from '../compiler/syntax/statements-in.ts'
import { contains, type Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'
import { occurrenceByName } from './names/by-name.ts'
import type { Occurrence } from './names/named-thing.ts'
import { occurrencesAt, occurrencesIn } from './names/occurrences.ts'

export interface Definition {
  /** The name, or the path of an import. */
  readonly from: Span
  /** Where that is made, in whatever file or text of the library; of `stride:` both the value and the parameter. */
  readonly to: readonly Span[]
}

/** Where the name at an offset is made: of a name that is assigned several times, the assignment that stands before it. */
export function definition(analysis: Analysis, offset: number): Definition | undefined {
  const path = importedAt(analysis, offset)
  if (path) return path
  const read = occurrencesAt(analysis, offset)
  const found = read.length > 0 ? read : guessedAt(analysis, offset)
  const [first] = found
  if (!first) return undefined
  const to = found.filter(({ span }) => span.start === first.span.start).flatMap((one) => madeAt(one, analysis) ?? [])
  return to.length === 0 ? undefined : { from: first.span, to }
}

function guessedAt(analysis: Analysis, offset: number): readonly Occurrence[] {
  const token = analysis.parsed.tokens.find((one) => one.startOffset <= offset && offset <= tokenEnd(one))
  return (token && [occurrenceByName(token, analysis)].filter((one) => one !== undefined)) ?? []
}

function importedAt({ ast, source, host }: Analysis, offset: number): Definition | undefined {
  const declaration = ast.imports.find(({ fromSpan: { start, end } }) => start < end && start <= offset && offset <= end)
  if (!declaration) return undefined
  const path = host.resolve(declaration.from, source.path)
  const text = host.read(path)
  if (text === undefined) return undefined
  return { from: declaration.fromSpan, to: [{ source: readFile(path, text, false).source, start: 0, end: 0 }] }
}

function madeAt({ thing, span, how, alias }: Occurrence, analysis: Analysis): Span | undefined {
  if (alias || thing.kind === 'op' || thing.made?.source !== analysis.source) return thing.made
  if (how !== 'read') return how === 'named' ? thing.made : span
  const before = occurrencesIn(analysis).filter(
    (one) => one.thing.key === thing.key && (one.how === 'made' || one.how === 'written') && endOfStatement(one.span, analysis) <= span.start,
  )
  return before.at(-1)?.span ?? thing.made
}

/** What a statement assigns has its value behind it; what others make has it at once. */
function endOfStatement(name: Span, { ast }: Analysis): number {
  const bodies = ast.declarations.flatMap((one) => (one.kind !== 'const' && contains(one.span, name) ? one.body : []))
  const around = statementsIn(bodies).findLast((statement) => contains(statement.span, name))
  return around && isAssigning(around) ? around.span.end : name.end
}

const isAssigning = ({ kind }: Statement): boolean => kind === 'assign' || kind === 'output' || kind === 'layer'
