import type { IToken } from 'chevrotain'
import type { DeclarationCstNode } from '../../../../grammar/cst.ts'
import { positionOf, type Source } from '../../text/source.ts'

/** The `///` lines that end right above a declaration, without their slashes. */
export function documentationBefore({ location }: DeclarationCstNode, docs: readonly IToken[], source: Source): string {
  let line = positionOf(source, location.startOffset).line - 1
  const lines: string[] = []
  for (const doc of docs.toReversed()) {
    if (doc.startLine! > line) continue
    if (doc.startLine !== line) break
    lines.unshift(doc.image.replace(/^\/\/\/ ?/, '').trimEnd())
    line--
  }
  return lines.join('\n')
}
