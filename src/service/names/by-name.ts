import { tokenMatcher, type IToken } from 'chevrotain'
import { tokenEnd } from '../../../grammar/token-end.ts'
import { Identifier } from '../../../grammar/tokens.ts'
import { bindingsIn } from '../../compiler/syntax/bindings.ts'
import type { Analysis } from '../analysis.ts'
import { libraryTarget } from './callees.ts'
import { thingCalled, type Occurrence } from './named-thing.ts'
import { occurrencesIn } from './occurrences.ts'

/** What a name in a statement that could not be read may stand for, by its letters: what was made last before it in its declaration. */
export function occurrenceByName(token: IToken, analysis: Analysis): Occurrence | undefined {
  if (analysis.parsed.exact || !tokenMatcher(token, Identifier)) return undefined
  const { source, ast } = analysis
  const span = { source, start: token.startOffset, end: tokenEnd(token) }
  const around = ast.declarations.findLast((one) => one.span.start <= span.start)
  const named = bindingsIn(ast).filter(({ name }) => name === token.image)
  const near = named.findLast((one) => around && one.span.start > around.name.span.start && one.span.start < span.start)
  const binding = near ?? named.find(({ kind }) => kind === 'import' || kind === 'model' || kind === 'block' || kind === 'const')
  if (binding) {
    const made = occurrencesIn(analysis).find((one) => one.span.start === binding.span.start)
    return made && { span, thing: made.thing, how: 'read', ...(made.alias && { alias: made.alias }) }
  }
  const target = libraryTarget(token.image, analysis)
  return target && { span, thing: thingCalled(target), how: 'read' }
}
