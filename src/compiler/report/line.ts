import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import { placeOf } from '../text/source.ts'

/**
 * Diagnostics one to a line, `file:line:column: severity[code]: message`, as editors read them (in Vim
 * `errorformat=%f:%l:%c:\ %t%*[a-z][%*[^]]]:\ %m`); lines and columns count from 1.
 */
export const reportLine = (diagnostics: readonly Diagnostic[]): string => diagnostics.map(lineFor).join('\n')

const lineFor = ({ code, severity, message, span }: Diagnostic): string =>
  `${placeOf(span)}: ${severity}[${code}]: ${onOneLine(message)}`

const onOneLine = (text: string): string => text.replace(/\s*[\r\n]\s*/g, ' ')
