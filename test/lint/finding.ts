import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostics.ts'
import type { LintCode } from '../../src/compiler/lint/level.ts'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { textOf } from '../../src/compiler/text/source.ts'
import { compileText } from '../compile-text.ts'

type Files = Readonly<Record<string, string>>

/** What one rule finds in a text without errors, in its order. */
export function findingsOf(code: LintCode, text: string, files: Files = {}): readonly Diagnostic[] {
  const { diagnostics } = compileText(text, files, { rules: { [code]: 'warning' } })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map((error) => render(error, plainStyle)).join('\n\n'))
  return diagnostics.filter((diagnostic) => diagnostic.code === code)
}

/** The texts at which a rule reports. */
export const placesOf = (code: LintCode, text: string, files: Files = {}): readonly string[] =>
  findingsOf(code, text, files).map(({ span }) => textOf(span))

/** The text after the fixes of the first finding that has any; fails where it still is found, or something else goes wrong. */
export function mended(code: LintCode, text: string, files: Files = {}): string {
  const findings = findingsOf(code, text, files)
  const fixed = findings.find(({ fixes }) => fixes.length > 0)
  if (!fixed) throw new Error('no fix is offered')
  const after = applyFixes(fixed.fixes.slice(0, 1)).texts.get('model.fmw') ?? text
  const left = findingsOf(code, after, files).length
  if (left >= findings.length) throw new Error(`it is still found:\n${after}`)
  return after
}
