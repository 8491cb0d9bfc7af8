import type { Code } from '../compiler/catalog/index.ts'
import { compile } from '../compiler/compile.ts'
import type { Diagnostic, Edit, Safety } from '../compiler/diagnostics/diagnostics.ts'
import { replacementOf } from '../compiler/fixes/replacement.ts'
import { lineText, positionOf, type Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'

/** Something that can be done about what is wrong at a place. */
interface CodeAction {
  readonly title: string
  /** `explain` opens the page of the code and changes nothing. */
  readonly kind: 'fix' | 'allow' | 'explain'
  readonly code: Code
  /** Where that is reported. */
  readonly span: Span
  readonly edits: readonly Edit[]
  /** How sure it is; an allowance wants a reason to be filled in. */
  readonly safety: Safety
  /** The one to take where nothing else is said: the first safe fix of a diagnostic. */
  readonly isPreferred: boolean
}

const known = new WeakMap<Analysis, readonly Diagnostic[]>()

/** Of the file, with the fixes that were tried; they are looked for when they are first asked for. */
function fixedDiagnostics(analysis: Analysis): readonly Diagnostic[] {
  let found = known.get(analysis)
  if (!found) {
    const { source, host, rules } = analysis
    found = compile(source.path, source.text, host, { rules }).diagnostics.filter(({ span }) => span.source === source)
    known.set(analysis, found)
  }
  return found
}

/** What can be done about what is wrong between two offsets, in the order of the text: fixes first, safe ones before others. */
export function codeActions(analysis: Analysis, start: number, end: number): readonly CodeAction[] {
  const touches = ({ span }: Diagnostic): boolean => span.start <= end && start <= span.end
  if (!analysis.diagnostics.some((one) => one.span.source === analysis.source && touches(one))) return []
  return fixedDiagnostics(analysis).filter(touches).flatMap(actionsFor)
}

const order: readonly Safety[] = ['safe', 'unsafe', 'placeholder']

function actionsFor(diagnostic: Diagnostic): readonly CodeAction[] {
  const { code, span } = diagnostic
  const fixes = diagnostic.fixes.toSorted((a, b) => order.indexOf(a.safety) - order.indexOf(b.safety))
  const allow = code.startsWith('lint/') && code !== 'lint/unused-allow' && code !== 'lint/allow-without-reason'
  return [
    ...fixes.map(({ title, edits, safety }, i): CodeAction => ({
      title,
      kind: 'fix',
      code,
      span,
      edits: edits.map((edit) => ({ span: edit.span, text: replacementOf(edit) })),
      safety,
      isPreferred: i === 0 && safety === 'safe',
    })),
    ...(allow ? [{ title: `allow ${code} here, with a reason`, kind: 'allow' as const, code, span, edits: [allowance(code, span)], safety: 'placeholder' as const, isPreferred: false }] : []),
    { title: `explain ${code}`, kind: 'explain', code, span, edits: [], safety: 'safe', isPreferred: false },
  ]
}

/** The longest line to which a comment is added. */
const longestLine = 80

/** A comment at the end of the line, or on a line before it where that is full or has one. */
function allowance(code: Code, { source, start }: Span): Edit {
  const { line, column } = positionOf(source, start)
  const text = lineText(source, line)
  const comment = `// fmw-allow ${code}: reason`
  const lineStart = start - column + 1
  if (!text.includes('//') && text.length + comment.length <= longestLine) {
    const end = lineStart + text.trimEnd().length
    return { span: { source, start: end, end }, text: `  ${comment}` }
  }
  const at = lineStart + (text.length - text.trimStart().length)
  const edit = { span: { source, start: at, end: at }, text: `${comment}\n${text.slice(0, at - lineStart)}` }
  return { ...edit, text: replacementOf(edit) }
}
