import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import type { Mended } from '../diagnostics/mended.ts'
import { isStanding, positionOf, type Span } from '../text/source.ts'

const rangeOf = ({ source, start, end }: Span) => ({ start: positionOf(source, start), end: positionOf(source, end) })

const placeOf = (span: Span) => ({ file: span.source.path, range: rangeOf(span) })

/**
 * Diagnostics as `check --format json` prints them; lines and columns count from 1.
 *
 * @param mended with `--fix`, what was fixed
 */
export function reportJson(diagnostics: readonly Diagnostic[], mended?: readonly Mended[]) {
  const count = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  return {
    diagnostics: diagnostics.map(({ code, severity, message, span, labels, notes, chain, fixes }) => ({
      code,
      severity,
      message,
      file: span.source.path,
      range: rangeOf(span),
      labels: labels.map((label) => ({ file: label.span.source.path, range: rangeOf(label.span), text: label.text })),
      notes,
      chain: chain.map((frame) => ({
        name: frame.name,
        ...(!isStanding(frame) && { call: placeOf(frame.call) }),
        definition: placeOf(frame.definition),
      })),
      fixes: fixes.map(({ title, safety, edits }) => ({
        title,
        safety,
        edits: edits.map((edit) => ({ file: edit.span.source.path, range: rangeOf(edit.span), text: edit.text })),
      })),
    })),
    errors: count('error'),
    warnings: count('warning'),
    ...(mended && { fixed: mended.map(fixedJson) }),
  }
}

/** Where a mistake was, before it was fixed. */
const fixedJson = ({ diagnostic: { code, message, span }, fix }: Mended) => ({
  code,
  message,
  file: span.source.path,
  range: rangeOf(span),
  title: fix.title,
  safety: fix.safety,
})
