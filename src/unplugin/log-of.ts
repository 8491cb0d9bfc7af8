import type { Diagnostic } from '../index.ts'

/** A message as bundlers take it: they show the line and the column as they are given, both from 1 as in the frame, and the frame below. */
interface Log {
  readonly message: string
  readonly id: string
  readonly pluginCode: string
  readonly loc: { readonly file: string; readonly line: number; readonly column: number }
  readonly frame: string
}

/** Bundlers that show a frame below the message; the others show only the message, so that it has all of it. */
const showingFrames = new Set(['vite', 'rollup', 'rolldown'])

/** A diagnostic for a bundler, with others that are said with it. */
export function logOf(framework: string, { code, message, file, range, rendered }: Diagnostic, others: readonly Diagnostic[] = []): Log {
  const frame = [rendered.slice(rendered.indexOf('\n') + 1), ...others.map((other) => other.rendered)].join('\n\n')
  const sentence = `${message} (${code})`
  return {
    message: showingFrames.has(framework) ? sentence : `${sentence}\n${frame}`,
    id: file,
    pluginCode: code,
    loc: { file, line: range.start.line, column: range.start.column },
    // Vite shows no frame without such bars
    frame: frame.replaceAll('│', '|'),
  }
}
