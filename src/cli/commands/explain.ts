import { catalog, entryOf, isCode } from '../../compiler/catalog/index.ts'
import { didYouMean } from '../../compiler/text/did-you-mean.ts'
import { wrapped } from '../../compiler/report/wrapped.ts'
import { isProblemCode, problems } from '../../runtime/failure/problems.ts'
import { UsageError } from '../exit/exit.ts'
import { openTerminal } from '../terminal/terminal.ts'

interface ExplainOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Prints the page of a diagnostic; without a code, the list of all. */
export function explain(code: string | undefined, { json, ...options }: ExplainOptions): void {
  const terminal = openTerminal(options)
  if (code === undefined) {
    const codes = [...Object.entries(catalog), ...Object.entries(problems)].map(([name, { message }]) => ({
      code: name,
      message,
    }))
    const widest = Math.max(...codes.map((entry) => entry.code.length))
    terminal.result(
      json ? JSON.stringify(codes, null, 2) : codes.map((entry) => `${entry.code.padEnd(widest + 2)}${entry.message}`).join('\n'),
    )
    return
  }
  const page = pageOf(code)
  terminal.result(json ? JSON.stringify(page, null, 2) : printPage(page, terminal.outStyle.width))
}

interface Page {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly help: string
  readonly bad?: string
  readonly good?: string
}

function pageOf(code: string): Page {
  if (isCode(code)) return { code, ...entryOf(code) }
  if (isProblemCode(code)) return { code, severity: 'error', ...problems[code] }
  const near = didYouMean(code, [...Object.keys(catalog), ...Object.keys(problems)])
  throw new UsageError(`there is no diagnostic ${code}${near ? `; did you mean ${near}?` : ' (fmw explain lists all)'}`)
}

/** Longer lines of prose are hard to read. */
const longest = 100

function printPage({ code, severity, message, help, bad, good }: Page, width: number | undefined): string {
  const indented = (text: string): string => text.split('\n').map((line) => `    ${line}`.trimEnd()).join('\n')
  const parts = [
    wrapped(`${severity}[${code}]: ${message}`, width, '  ').join('\n'),
    width === undefined ? help : rewrapped(help, Math.min(width, longest)),
  ]
  if (bad !== undefined) parts.push('This is reported:', indented(shorten(bad)))
  if (good !== undefined) parts.push('This is not:', indented(shorten(good)))
  return parts.join('\n\n')
}

/** Prose has the line breaks of the source it stands in, and gets others on a screen; commands and other indented lines stay. */
const rewrapped = (help: string, room: number): string =>
  help
    .replace(/(?<=^\S.*)\n(?=\S)/gm, ' ')
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') ? [line] : wrapped(line, room)))
    .join('\n')

/** Examples that only make their point by being long are cut on the page. */
const shorten = (text: string): string => text.replace(/(.{60}).{60,}(.{20})/g, '$1 … $2')
