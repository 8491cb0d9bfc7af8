import pc from 'picocolors'
import type { Style } from '../../compiler/report/style.ts'
import { fitted } from './fitted.ts'

/** Where a command speaks: results on stdout, everything else on stderr. What people read fits the terminal that they read it on. */
export interface Terminal {
  readonly result: (text: string) => void
  /** A result that is no prose, and brings its own line breaks: code, what programs read. */
  readonly text: (text: string) => void
  readonly json: (report: unknown) => void
  /** One of several reports, each a line. */
  readonly jsonLine: (report: unknown) => void
  /** What a person wants to know on the way; silent with --quiet. */
  readonly note: (text: string) => void
  /** A command to copy, which is whole however long it is; silent with --quiet. */
  readonly command: (text: string) => void
  /** What must be said even with --quiet. */
  readonly complain: (text: string) => void
  /**
   * Draws the last line of stderr anew, an empty one to remove it; only where someone watches a terminal that can, without
   * --quiet.
   */
  readonly redraw: ((text: string) => void) | undefined
  /** Empties the screen of a terminal on which somebody watches stdout; what has left it stays in its history. */
  readonly clear: (() => void) | undefined
  /** How text for stdout and for stderr is coloured. */
  readonly outStyle: Style
  readonly errStyle: Style
}

export function openTerminal({ quiet, color }: { readonly quiet: boolean; readonly color: boolean }): Terminal {
  const text = (written: string): void => void process.stdout.write(written)
  return {
    result: (said) => say(process.stdout, said),
    text,
    json: (report) => text(`${JSON.stringify(report, null, 2)}\n`),
    jsonLine: (report) => text(`${JSON.stringify(report)}\n`),
    note: quiet ? () => {} : complain,
    command: quiet ? () => {} : (written) => void process.stderr.write(`${written}\n`),
    complain,
    redraw: quiet || !isWatched(process.stderr) ? undefined : (text) => void process.stderr.write(`\r${text}\x1b[K`),
    clear: isWatched(process.stdout) ? () => text('\x1b[2J\x1b[H') : undefined,
    outStyle: styleFor(process.stdout, color),
    errStyle: styleFor(process.stderr, color),
  }
}

/** Says on stderr what must be said even with --quiet. */
export const complain = (text: string): void => say(process.stderr, text)

/** How many lines a complaint takes. */
export const linesOf = (text: string): number => fittedTo(process.stderr, text).split('\n').length

const say = (stream: NodeJS.WriteStream, text: string): void => void stream.write(`${fittedTo(stream, text)}\n`)

const fittedTo = (stream: NodeJS.WriteStream, text: string): string => fitted(text, { width: widthOf(stream), unicode: canDraw() })

/** The columns of a terminal; undefined for a file, a pipe, and a terminal that does not know. */
const widthOf = ({ isTTY, columns }: NodeJS.WriteStream): number | undefined => (isTTY && columns > 0 ? columns : undefined)

/** Colour only on a terminal that has it, never in CI, with NO_COLOR or --no-color. */
function styleFor(stream: NodeJS.WriteStream, wanted: boolean): Style {
  const { NO_COLOR, FORCE_COLOR } = process.env
  const colors = pc.createColors(wanted && !NO_COLOR && (isWatched(stream) || (FORCE_COLOR !== undefined && FORCE_COLOR !== '0')))
  return {
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    dim: colors.cyan,
    bold: colors.bold,
    unicode: canDraw(),
    width: widthOf(stream),
  }
}

/** A terminal that knows escape codes, and no log of a CI. */
const isWatched = ({ isTTY }: NodeJS.WriteStream): boolean => isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI']

/** Box characters need a UTF-8 locale; without one plain ASCII is drawn. */
function canDraw(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env
  return process.platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
}
