import { LSPErrorCodes, MessageType, ResponseError, ShowMessageNotification, type Connection, type Position, type TextDocumentIdentifier } from 'vscode-languageserver/node'
import type { Analysis } from '../service/analysis.ts'
import { codeActions } from '../service/code-actions.ts'
import { codeLens } from '../service/code-lens.ts'
import { completion } from '../service/completion.ts'
import { definition } from '../service/definition.ts'
import { folding } from '../service/folding.ts'
import { format } from '../service/format.ts'
import { highlights } from '../service/highlights.ts'
import { hover } from '../service/hover.ts'
import { inlays } from '../service/inlays.ts'
import { references } from '../service/references.ts'
import { prepareRename, rename } from '../service/rename.ts'
import { selectionRanges } from '../service/selection-ranges.ts'
import { semanticTokens } from '../service/semantic-tokens.ts'
import { signatureHelp } from '../service/signature-help.ts'
import { symbols } from '../service/symbols.ts'
import type { Workspace } from '../service/workspace.ts'
import { isLibrary, pathOf, type OpenFiles } from './files.ts'
import { logText } from './log-text.ts'
import { locationOf, offsetAt, positionAt, rangeOf, textEditOf, workspaceEditOf } from './places.ts'
import { toActions, toCompletion, toFold, toHighlightKind, toLens, toSelection, toSignature, toSymbol, toTokens } from './to-protocol.ts'

interface OfText {
  readonly textDocument: TextDocumentIdentifier
}

interface OfPlace extends OfText {
  readonly position: Position
}

/** Answers requests from the workspace; where there is no such text, or a feature fails, the answer is null. */
export function answerRequests(connection: Connection, workspace: Workspace, files: OpenFiles): void {
  const ofText =
    <P extends OfText, T>(answer: (analysis: Analysis, params: P) => T) =>
    (params: P): T | null => {
      try {
        const analysis = workspace.analysisOf(pathOf(params.textDocument.uri))
        return analysis ? answer(analysis, params) : null
      } catch (error) {
        if (error instanceof ResponseError) throw error
        connection.console.error(logText(error))
        return null
      }
    }
  const ofPlace = <P extends OfPlace, T>(answer: (analysis: Analysis, offset: number, params: P) => T): ((params: P) => T | null) =>
    ofText((analysis, params: P) => answer(analysis, offsetAt(analysis.source, params.position), params))

  connection.onHover(ofPlace((analysis, offset) => {
    const said = hover(analysis, offset)
    return said ? { contents: { kind: 'markdown', value: said.markdown }, range: rangeOf(said.span) } : null
  }))
  connection.onCompletion(ofPlace((analysis, offset) => toCompletion(completion(analysis, offset))))
  connection.onSignatureHelp(ofPlace((analysis, offset) => toSignature(signatureHelp(analysis, offset))))
  connection.onDefinition(ofPlace((analysis, offset) => definition(analysis, offset)?.to.map((span) => locationOf(span, files)) ?? null))
  connection.onReferences(ofPlace(({ source: { path } }, offset, { context }) =>
    references(workspace, path, offset).flatMap(({ span, how }) => (how === 'made' && !context.includeDeclaration ? [] : [locationOf(span, files)])),
  ))
  connection.onDocumentHighlight(ofPlace((analysis, offset) =>
    highlights(analysis, offset).map((one) => ({ range: rangeOf(one.span), kind: toHighlightKind(one) })),
  ))
  connection.onPrepareRename(ofPlace(({ source: { path } }, offset) => {
    const found = prepareRename(workspace, path, offset)
    if ('refused' in found) throw refusal(found.refused)
    return { range: rangeOf(found.span), placeholder: found.name }
  }))
  connection.onRenameRequest(ofPlace(({ source: { path } }, offset, { newName }) => {
    if (isLibrary(path)) throw refusal('this is a text of the library')
    const renamed = rename(workspace, path, offset, newName)
    if ('refused' in renamed) throw refusal(renamed.refused)
    if (renamed.notes.length > 0) void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: renamed.notes.join(' ') })
    return workspaceEditOf(renamed.edits, files)
  }))
  connection.onDocumentSymbol(ofText((analysis) => symbols(analysis).map(toSymbol)))
  connection.onFoldingRanges(ofText((analysis) => folding(analysis).map(toFold)))
  connection.onSelectionRanges(ofText((analysis, { positions }) =>
    positions.flatMap((position) => toSelection(selectionRanges(analysis, offsetAt(analysis.source, position))) ?? []),
  ))
  connection.languages.semanticTokens.on((params) => ofText((analysis) => ({ data: toTokens(semanticTokens(analysis)) }))(params) ?? { data: [] })
  connection.languages.inlayHint.on(ofText((analysis, { range }: OfText & { readonly range: { readonly start: Position; readonly end: Position } }) => {
    const [start, end] = [offsetAt(analysis.source, range.start), offsetAt(analysis.source, range.end)]
    return inlays(analysis).flatMap(({ offset, text, details }) =>
      offset < start || end < offset ? [] : [{ position: positionAt(analysis.source, offset), label: text, ...(details.length > 0 && { tooltip: details.join('\n') }) }],
    )
  }))
  connection.onCodeLens(ofText((analysis) => codeLens(analysis).map(toLens)))
  connection.onCodeAction(ofText((analysis, { range, context }) => {
    if (context.only && !context.only.some((kind) => kind === '' || kind === 'quickfix')) return []
    return toActions(codeActions(analysis, offsetAt(analysis.source, range.start), offsetAt(analysis.source, range.end)), files)
  }))
  connection.onDocumentFormatting(ofText((analysis) => (isLibrary(analysis.source.path) ? [] : format(analysis).map(textEditOf))))
  connection.onDocumentRangeFormatting(ofText((analysis, { range }) => {
    const [start, end] = [offsetAt(analysis.source, range.start), offsetAt(analysis.source, range.end)]
    return isLibrary(analysis.source.path) ? [] : format(analysis, { start, end }).map(textEditOf)
  }))
}

const refusal = (why: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, why)
