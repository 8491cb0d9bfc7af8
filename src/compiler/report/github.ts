import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import { remarksOn } from './remarks.ts'
import { placeOf, positionOf } from '../text/source.ts'

/**
 * Diagnostics as workflow commands, which GitHub Actions shows at the lines of a pull request. What else is to be said of them
 * stands below the message. Lines and columns count from 1; columns are given where a diagnostic ends on the line it begins on,
 * as GitHub asks.
 *
 * @param fileOf what a file is called from the root of the repository
 */
export const reportGithub = (diagnostics: readonly Diagnostic[], fileOf: (path: string) => string): string =>
  diagnostics.map((diagnostic) => command(diagnostic, fileOf)).join('\n')

function command(diagnostic: Diagnostic, fileOf: (path: string) => string): string {
  const { code, severity, span } = diagnostic
  const start = positionOf(span.source, span.start)
  const end = positionOf(span.source, span.end)
  const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {}
  const properties = { file: fileOf(span.source.path), line: start.line, endLine: end.line, ...columns, title: code }
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${severity} ${written.join(',')}::${escapeData(textOf(diagnostic, fileOf))}`
}

/** The place of the mistake is where GitHub shows it, so that labels there need not say it. */
function textOf(diagnostic: Diagnostic, fileOf: (path: string) => string): string {
  const { message, labels, span } = diagnostic
  const about = labels.map((label) =>
    label.span.source === span.source && label.span.start === span.start
      ? label.text
      : `${placeOf(label.span, fileOf)}: ${label.text}`,
  )
  return [message, ...about, ...remarksOn(diagnostic, fileOf)].join('\n')
}

// github.com/actions/toolkit, packages/core/src/command.ts: what the runner undoes
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
