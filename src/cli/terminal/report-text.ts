import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Diagnostic } from '../../compiler/diagnostics/diagnostics.ts'
import type { Mended } from '../../compiler/diagnostics/mended.ts'
import { render } from '../../compiler/report/render.ts'
import type { Style } from '../../compiler/report/style.ts'
import { reportGithub } from '../../compiler/report/github.ts'
import { reportJson } from '../../compiler/report/json.ts'
import { reportLine } from '../../compiler/report/line.ts'
import { reportSarif } from '../../compiler/report/sarif.ts'
import { version } from '../version.ts'

export type ReportFormat = 'pretty' | 'json' | 'sarif' | 'github' | 'line'

interface ReportOptions {
  readonly style: Style
  /** With `--fix`, what was fixed. */
  readonly mended: readonly Mended[] | undefined
  /** Whether others follow: then JSON is one line. */
  readonly isOneOfMany: boolean
}

/** Diagnostics in the format that `--format` asks for; empty where there is nothing to print. */
export function reportText(
  format: ReportFormat,
  diagnostics: readonly Diagnostic[],
  { style, mended, isOneOfMany }: ReportOptions,
): string {
  const json = (report: unknown): string => JSON.stringify(report, null, isOneOfMany ? 0 : 2)
  switch (format) {
    case 'pretty':
      return diagnostics.map((diagnostic) => `${render(diagnostic, style)}\n`).join('\n')
    case 'json':
      return json(reportJson(diagnostics, mended))
    case 'sarif':
      return json(reportSarif(diagnostics, { version, root: urlOf(process.cwd() + path.sep), urlOf }))
    case 'github':
      return reportGithub(diagnostics, fromRepository)
    case 'line':
      return reportLine(diagnostics)
  }
}

const urlOf = (file: string): string => pathToFileURL(file).href

/** GitHub knows files by their path in the repository, which need not be the folder that fmw is called in. */
function fromRepository(file: string): string {
  const repository = process.env['GITHUB_WORKSPACE']
  const inside = repository ? path.relative(repository, file) : file
  return path.normalize(inside.startsWith('..') || path.isAbsolute(inside) ? file : inside).replaceAll(path.sep, '/')
}
