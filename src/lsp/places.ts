import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Location, Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node'
import type { Edit } from '../compiler/diagnostics/diagnostics.ts'
import type { Source, Span } from '../compiler/text/source.ts'
import type { OpenFiles } from './files.ts'

const documents = new WeakMap<Source, TextDocument>()

function documentOf(source: Source): TextDocument {
  let document = documents.get(source)
  if (!document) documents.set(source, (document = TextDocument.create(source.path, 'fmw', 0, source.text)))
  return document
}

export const positionAt = (source: Source, offset: number): Position => documentOf(source).positionAt(offset)

/** Places outside of the text are those at its ends, and at the ends of its lines. */
export const offsetAt = (source: Source, position: Position): number => documentOf(source).offsetAt(position)

export const rangeOf = ({ source, start, end }: Span): Range => ({ start: positionAt(source, start), end: positionAt(source, end) })

export const locationOf = (span: Span, files: OpenFiles): Location => ({ uri: files.uriOf(span.source), range: rangeOf(span) })

export const textEditOf = ({ span, text }: Edit): TextEdit => ({ range: rangeOf(span), newText: text })

export function workspaceEditOf(edits: readonly Edit[], files: OpenFiles): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {}
  for (const edit of edits) (changes[files.uriOf(edit.span.source)] ??= []).push(textEditOf(edit))
  return { changes }
}
