import {
  CodeActionKind, CompletionItemKind, DocumentHighlightKind, FoldingRangeKind, SymbolKind, type CodeAction, type CodeLens, type CompletionItem,
  type DocumentSymbol, type FoldingRange, type SelectionRange, type SignatureHelp,
} from 'vscode-languageserver/node'
import { grouped } from '../cli/summary/stats-text.ts'
import type { Span } from '../compiler/text/source.ts'
import type { codeActions } from '../service/code-actions.ts'
import type { ModelLens } from '../service/code-lens.ts'
import type { completion } from '../service/completion.ts'
import type { Fold } from '../service/folding.ts'
import type { Reference } from '../service/references.ts'
import { tokenKinds, tokenModifiers, type SemanticToken, type TokenKind } from '../service/semantic-tokens.ts'
import type { signatureHelp } from '../service/signature-help.ts'
import type { DocumentSymbol as Named } from '../service/symbols.ts'
import type { OpenFiles } from './files.ts'
import { rangeOf, workspaceEditOf } from './places.ts'

const symbolKinds: Readonly<Record<Named['kind'], SymbolKind>> = {
  model: SymbolKind.Class,
  block: SymbolKind.Function,
  const: SymbolKind.Constant,
  input: SymbolKind.Property,
  output: SymbolKind.Property,
  weight: SymbolKind.Field,
  layer: SymbolKind.Method,
  assigned: SymbolKind.Variable,
}

export const toSymbol = ({ kind, name, detail, span, nameSpan, inside }: Named): DocumentSymbol => ({
  name,
  detail,
  kind: symbolKinds[kind],
  range: rangeOf(span),
  selectionRange: rangeOf(nameSpan),
  children: inside.map(toSymbol),
})

const foldKinds = { brackets: undefined, comments: FoldingRangeKind.Comment, imports: FoldingRangeKind.Imports }

export function toFold({ kind, span }: Fold): FoldingRange {
  const { start, end } = rangeOf(span)
  const known = foldKinds[kind]
  return { startLine: start.line, endLine: end.line, ...(known && { kind: known }) }
}

/** The innermost, which holds those around it. */
export const toSelection = (spans: readonly Span[]): SelectionRange | undefined =>
  spans.reduceRight<SelectionRange | undefined>((parent, span) => (parent ? { range: rangeOf(span), parent } : { range: rangeOf(span) }), undefined)

export const toHighlightKind = ({ how }: Reference): DocumentHighlightKind =>
  how === 'made' || how === 'written' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read

/** Kinds of tokens as editors have colours for them. */
const standardKinds: Readonly<Record<TokenKind, string>> = {
  keyword: 'keyword',
  operator: 'operator',
  number: 'number',
  text: 'string',
  comment: 'comment',
  type: 'type',
  model: 'class',
  block: 'function',
  function: 'function',
  const: 'variable',
  family: 'namespace',
  parameter: 'parameter',
  extent: 'typeParameter',
  input: 'variable',
  output: 'variable',
  weight: 'property',
  layer: 'method',
  variable: 'variable',
  argument: 'property',
  label: 'label',
  result: 'property',
  word: 'enumMember',
}

const standardModifiers = { made: 'declaration', written: 'modification', ofLibrary: 'defaultLibrary', documentation: 'documentation' }

export const legend = {
  tokenTypes: [...new Set(tokenKinds.map((kind) => standardKinds[kind]))],
  tokenModifiers: tokenModifiers.map((modifier) => standardModifiers[modifier]),
}

/** Five numbers for each: lines and characters from the one before, length, kind, modifiers. */
export function toTokens(tokens: readonly SemanticToken[]): number[] {
  let before = { line: 0, character: 0 }
  return tokens.flatMap(({ span, kind, modifiers }) => {
    const { start } = rangeOf(span)
    const line = start.line - before.line
    const character = line === 0 ? start.character - before.character : start.character
    before = start
    const bits = modifiers.reduce((sum, one) => sum | (1 << tokenModifiers.indexOf(one)), 0)
    return [line, character, span.end - span.start, legend.tokenTypes.indexOf(standardKinds[kind]), bits]
  })
}

export const toLens = ({ span, parameters, macs, isOld }: ModelLens): CodeLens => ({
  range: rangeOf(span),
  command: { title: `${grouped(parameters.total)} parameters, ${grouped(macs)} MACs${isOld ? ' (before the mistake)' : ''}`, command: '' },
})

/** Without those that only an editor's own command could do. */
export const toActions = (actions: ReturnType<typeof codeActions>, files: OpenFiles): CodeAction[] =>
  actions.flatMap(({ title, edits, isPreferred }) =>
    edits.length === 0 ? [] : [{ title, kind: CodeActionKind.QuickFix, isPreferred, edit: workspaceEditOf(edits, files) }],
  )

type Completed = ReturnType<typeof completion>

const itemKinds: Readonly<Record<Completed['items'][number]['kind'], CompletionItemKind>> = {
  value: CompletionItemKind.Variable,
  block: CompletionItemKind.Function,
  op: CompletionItemKind.Function,
  family: CompletionItemKind.Module,
  parameter: CompletionItemKind.Field,
  word: CompletionItemKind.EnumMember,
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.Class,
  label: CompletionItemKind.Reference,
  member: CompletionItemKind.Property,
  path: CompletionItemKind.File,
}

/** Editors sort by a text: that is the place in the order of the service. */
export function toCompletion({ span, items }: Completed): CompletionItem[] {
  const range = rangeOf(span)
  return items.map(({ label, kind, insert, detail, doc }, i) => ({
    label,
    kind: itemKinds[kind],
    sortText: String(i).padStart(5, '0'),
    textEdit: { range, newText: insert },
    ...(detail !== '' && { detail }),
    ...(doc !== '' && { documentation: { kind: 'markdown', value: doc } }),
  }))
}

export function toSignature(found: ReturnType<typeof signatureHelp>): SignatureHelp | null {
  if (!found) return null
  const { label, doc, parameters, active } = found
  const documented = (value: string) => (value === '' ? {} : { documentation: { kind: 'markdown' as const, value } })
  return {
    signatures: [{ label, ...documented(doc), parameters: parameters.map((one) => ({ label: [one.start, one.end], ...documented(one.doc) })) }],
    activeSignature: 0,
    // one that is not there is none
    activeParameter: active ?? parameters.length,
  }
}
