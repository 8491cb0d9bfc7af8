import { familyOf, isCode, type Code } from '../catalog/index.ts'
import { didYouMean } from '../text/did-you-mean.ts'
import { Reporter, type Details, type Diagnostic } from '../diagnostics/diagnostics.ts'
import type { Span } from '../text/source.ts'
import { allowancesOf, allows, type Allowance } from './text/allowances.ts'
import { rules } from './index.ts'
import type { Level, Levels } from './level.ts'
import { removal } from '../fixes/removal.ts'
import type { Program, Rule } from './rule.ts'
import type { LintCode } from './level.ts'
import { nearWord } from '../fixes/near-word.ts'

/** What the rules find in a program without errors, but for what comments allow; and the comments that allow nothing. */
export function lint(program: Program, levels: Levels): readonly Diagnostic[] {
  const found = new Reporter()
  const active = rules.filter(({ code }) => levelOf(code, levels) !== 'off')
  for (const rule of active) rule.run(program, found)
  const allowances = program.files.flatMap(allowancesOf)
  const kept = found.diagnostics
    .filter((diagnostic) => !allowances.some((allowance) => allows(allowance, diagnostic)))
  const used = allowances.filter((allowance) => found.diagnostics.some((diagnostic) => allows(allowance, diagnostic)))
  const comments = new Reporter()
  for (const allowance of used)
    if (allowance.reason === '') comments.report('lint/allow-without-reason', { rule: allowance.rule }, at(allowance.comment))
  for (const allowance of allowances) if (!used.includes(allowance)) reportUnused(allowance, active, program, comments)
  return [...kept, ...comments.diagnostics].flatMap((diagnostic) => levelled(diagnostic, levels))
}

const defaults = new Map(rules.map(({ code, level }) => [code, level ?? 'warning'] as const))

const levelOf = (code: LintCode, levels: Levels): Level => levels[code] ?? defaults.get(code) ?? 'warning'

function levelled(diagnostic: Diagnostic, levels: Levels): readonly Diagnostic[] {
  const level = isLint(diagnostic.code) ? levelOf(diagnostic.code, levels) : diagnostic.severity
  return level === 'off' ? [] : [{ ...diagnostic, severity: level }]
}

export const isLint = (code: Code): code is LintCode => familyOf(code) === 'lint'

const at = (span: Span) => ({ span, frame: undefined })

/**
 * Says that a comment allows nothing, where that is certain. What an imported file's text decides is certain there as well; who
 * else imports a file or calls a block is not known, so that of other rules the comments in the file that was asked for count, or
 * in its models.
 */
function reportUnused(
  { rule, ruleSpan, comment, line }: Allowance,
  active: readonly Rule[],
  program: Program,
  reporter: Reporter,
): void {
  const known = active.find(({ code }) => code === rule)
  const report = (why: string, details: Details): void => reporter.report('lint/unused-allow', { why }, at(comment), details)
  if (!rules.some(({ code }) => code === rule)) report(whyUnknown(rule), unknownRule(rule, ruleSpan, comment))
  else if (known && isCertain(known, comment, program)) {
    report(`it finds nothing on line ${line}`, { fixes: [{ title: 'remove the comment', safety: 'safe', edits: [removal(comment)] }] })
  }
}

function isCertain({ of }: Rule, comment: Span, program: Program): boolean {
  if (of === 'text') return true
  const wasAskedFor = comment.source === program.files[0]?.source
  return wasAskedFor && (of === 'importers' || isInModel(comment, program))
}

function isInModel({ start }: Span, { files, graphs }: Program): boolean {
  const models = files[0]?.ast.declarations.filter(({ kind }) => kind === 'model') ?? []
  return models.some(
    ({ name, span }) => span.start < start && start < span.end && graphs.some((graph) => graph.name === name.name),
  )
}

function whyUnknown(rule: string): string {
  if (rule === '') return 'it names no rule'
  if (!isCode(rule)) return `there is no rule ${rule}`
  return isLint(rule)
    ? `${rule} is about these comments themselves`
    : `${rule} is no rule of the linter, and errors cannot be allowed`
}

function unknownRule(rule: string, span: Span, comment: Span): Details {
  const names = rules.map(({ code }) => code)
  const near = isCode(rule) ? undefined : didYouMean(rule, names) ?? names.find((name) => name === `lint/${rule}`)
  if (near) return nearWord(near, `allow ${near}`, [{ span, text: near }])
  return {
    notes: ['a comment reads // fmw-allow lint/unused-value: and the reason'],
    fixes: [{ title: 'remove the comment', safety: 'safe', edits: [removal(comment)] }],
  }
}
