import pc from 'picocolors'
import type { Style } from '../../compiler/report/style.ts'

/** Where a command speaks: results on stdout, everything else on stderr. */
export interface Terminal {
  readonly result: (text: string) => void
  /** A result that brings its own line breaks. */
  readonly text: (text: string) => void
  /** What a person wants to know on the way; silent with --quiet. */
  readonly note: (text: string) => void
  /** What must be said even with --quiet. */
  readonly complain: (text: string) => void
  /**
   * Draws the last line of stderr anew, an empty one to remove it; only where someone watches a terminal that can, without
   * --quiet.
   */
  readonly redraw: ((text: string) => void) | undefined
  /** How text for stdout and for stderr is coloured. */
  readonly outStyle: Style
  readonly errStyle: Style
}

export function openTerminal({ quiet, color }: { readonly quiet: boolean; readonly color: boolean }): Terminal {
  const line = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`)
  return {
    result: line(process.stdout),
    text: (text) => void process.stdout.write(text),
    note: quiet ? () => {} : line(process.stderr),
    complain: line(process.stderr),
    redraw: quiet || !isWatched(process.stderr) ? undefined : (text) => void process.stderr.write(`\r${text}\x1b[K`),
    outStyle: styleFor(process.stdout, color),
    errStyle: styleFor(process.stderr, color),
  }
}

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
    width: stream.isTTY ? stream.columns : undefined,
  }
}

/** A terminal that knows escape codes, and no log of a CI. */
const isWatched = ({ isTTY }: NodeJS.WriteStream): boolean => isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI']

/** Box characters need a UTF-8 locale; without one plain ASCII is drawn. */
function canDraw(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env
  return process.platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
}
