import { reportJson } from '../../compiler/report-json.ts'
import { render } from '../../compiler/render.ts'
import type { Diagnostic } from '../../compiler/diagnostics.ts'
import type { CommonOptions } from '../common-options.ts'
import { Exit, exitCodes } from '../exit.ts'
import { compileFile, openSession } from '../open-model.ts'
import { expandFiles, readSource } from '../read-source.ts'

export interface CheckOptions extends CommonOptions {
  readonly format: 'pretty' | 'json'
  readonly maxWarnings?: number
}

/** Reports everything that is wrong with the files; exit code 1 for errors, or for more warnings than allowed. */
export async function check(names: readonly string[], options: CheckOptions): Promise<void> {
  const session = await openSession(options)
  const { terminal, config } = session
  const files = await expandFiles(names)
  const diagnostics = distinct(files.flatMap((file) => compileFile(readSource(file), session).diagnostics))
  if (options.format === 'json') terminal.result(JSON.stringify(reportJson(diagnostics), null, 2))
  else for (const diagnostic of diagnostics) terminal.result(`${render(diagnostic, terminal.outStyle)}\n`)
  const errors = count(diagnostics, 'error')
  const warnings = count(diagnostics, 'warning')
  terminal.note(summary(files.length, errors, warnings))
  const allowed = options.maxWarnings ?? config.maxWarnings ?? Infinity
  if (warnings > allowed) terminal.complain(`more warnings than the ${allowed} allowed`)
  if (errors > 0 || warnings > allowed) throw new Exit(exitCodes.modelErrors)
}

/** A mistake in a file that several others import is one mistake. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((diagnostic) => [`${diagnostic.code} ${diagnostic.span.source.path} ${diagnostic.span.start}`, diagnostic]))
  return [...seen.values()]
}

const count = (diagnostics: readonly Diagnostic[], severity: Diagnostic['severity']): number =>
  diagnostics.filter((diagnostic) => diagnostic.severity === severity).length

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

const summary = (files: number, errors: number, warnings: number): string =>
  errors + warnings === 0 ? `${plural(files, 'file')} checked: no problems` : `${plural(files, 'file')} checked: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`
