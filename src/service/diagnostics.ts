import type { Code } from '../compiler/catalog/index.ts'
import type { Severity } from '../compiler/catalog/entry.ts'
import type { Diagnostic, Label } from '../compiler/diagnostics/diagnostics.ts'
import type { ImportDeclaration } from '../compiler/syntax/ast.ts'
import { fileName } from '../compiler/text/file-name.ts'
import { placeOf, type Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'
import { imports } from './names/imports.ts'

/** What is to be said in a file. */
interface Shown {
  /** In the file itself. */
  readonly span: Span
  readonly code: Code
  readonly severity: Severity
  readonly message: string
  readonly notes: readonly string[]
  /** Other places that it has to do with, also in other files. */
  readonly labels: readonly Label[]
  /** Nothing reads what it is about: it may be shown faintly. */
  readonly isUnused: boolean
}

/**
 * What is wrong in a file, in the order of the text. What a call of the file leads to in another file stands at the call, and what else is
 * wrong in the files that it imports, once for each of them, at the import.
 */
export function diagnostics(analysis: Analysis): readonly Shown[] {
  const elsewhere = new Map<string, Diagnostic[]>()
  const shown = analysis.diagnostics.flatMap((diagnostic): readonly Shown[] => {
    const { source } = diagnostic.span
    if (source === analysis.source) return [shownAt(diagnostic.span, diagnostic)]
    const call = diagnostic.chain.findLast((frame) => frame.call.source === analysis.source)?.call
    if (call) return [shownAt(call, diagnostic, diagnostic.message, [{ span: diagnostic.span, text: 'it is here' }])]
    elsewhere.set(source.path, [...(elsewhere.get(source.path) ?? []), diagnostic])
    return []
  })
  const imported = [...elsewhere].flatMap(([path, all]) => importedFrom(path, all, analysis))
  return [...shown, ...imported].sort((a, b) => a.span.start - b.span.start)
}

const shownAt = (span: Span, diagnostic: Diagnostic, message = diagnostic.message, places: readonly Label[] = []): Shown => ({
  span,
  code: diagnostic.code,
  severity: diagnostic.severity,
  message,
  notes: diagnostic.notes,
  labels: [...places, ...diagnostic.labels, ...diagnostic.chain.map(({ name, call }) => ({ span: call, text: `in ${name}, called here` }))],
  isUnused: diagnostic.code.startsWith('lint/unused-'),
})

/** The worst of a file at the import that leads to it, with the places of the others. */
function importedFrom(path: string, all: readonly Diagnostic[], { ast, host, source }: Analysis): readonly Shown[] {
  const worst = all.find(({ severity }) => severity === 'error') ?? all[0]
  const leads = ({ from }: ImportDeclaration): boolean => imports(host.resolve(from, source.path), path, host)
  const [span] = [...ast.imports.filter(leads), ...ast.imports].map(({ fromSpan }) => fromSpan)
  if (!worst || !span) return []
  const others = all.length === 1 ? '' : all.length === 2 ? '; and something else' : `; and ${all.length - 1} others`
  const places = all.map((one) => ({ span: one.span, text: one.message }))
  return [shownAt(span, { ...worst, labels: places, chain: [] }, `${placeOf(worst.span, fileName)}: ${worst.message}${others}`)]
}
