import type { Diagnostic, Safety } from '../../compiler/diagnostics/diagnostics.ts'
import type { Mended } from '../../compiler/diagnostics/mended.ts'
import type { Host } from '../../compiler/text/host.ts'
import type { WhichFixes } from '../../compiler/fixes/fix-all.ts'
import type { Recheck } from '../../compiler/fixes/sound-fixes.ts'
import { placeOf } from '../../compiler/text/source.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { Exit, exitCodes, UsageError } from '../exit/exit.ts'
import { openFileNames, type FileNames } from '../files/file-names.ts'
import { fixFiles } from '../files/fix-files.ts'
import { nodeHost } from '../files/node-host.ts'
import { compileFile, openSession, type Session } from '../files/open-model.ts'
import { expandFiles, readSource, standardInput, type SourceFile } from '../files/read-source.ts'
import { watchFiles } from '../files/watch-files.ts'
import { plural } from '../terminal/plural.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { reportText, type ReportFormat } from '../terminal/report-text.ts'

interface CheckOptions extends CommonOptions {
  readonly format: ReportFormat
  readonly maxWarnings?: number
  /** Which fixes are applied, if any. */
  readonly fix?: WhichFixes
  readonly watch: boolean
}

/**
 * Reports everything that is wrong with the files, or with --fix what is left of it; exit code 1 for errors, or for more warnings
 * than allowed. With --watch it does so again whenever one of the files changes that they are made of.
 */
export async function check(names: readonly string[], options: CheckOptions): Promise<void> {
  const session = await openSession(options)
  if (!options.watch) return checkOnce(names, options, session, new Set())
  if (options.fix) throw new UsageError('--fix and --watch are two things: choose one')
  await watchFiles(names, session.terminal, (sources) => checkOnce(names, options, session, sources))
}

/** @param read is told every file that is read */
async function checkOnce(names: readonly string[], options: CheckOptions, session: Session, read: Set<string>): Promise<void> {
  const { terminal, config } = session
  const known = openFileNames()
  const files = [...new Set((await expandFiles(names)).map(known.nameOf))]
  const filters = options.fix && files.includes('-')
  if (filters && options.format !== 'pretty') {
    throw new UsageError(`--fix prints the text of standard input, and --format ${options.format} the report: choose one`)
  }
  for (const file of files) read.add(file)
  const sources = files.map(readSource)
  const checked: Recheck = (texts) => distinct(sources.flatMap((source) => checkedWith(texts, source, known, session, read)), known)
  const { diagnostics, mended, texts } = options.fix ? await fixFiles(checked, options.fix) : { diagnostics: checked(new Map()) }
  if (filters) terminal.text(texts?.get(standardInput) ?? sources.find((source) => source.path === standardInput)?.text ?? '')
  const style = filters ? terminal.errStyle : terminal.outStyle
  const report = reportText(options.format, diagnostics, { style, mended, isOneOfMany: options.watch })
  if (report !== '' && filters) terminal.complain(report)
  else if (options.format === 'pretty' && report !== '') terminal.result(report)
  else if (report !== '') terminal.text(`${report}\n`)
  if (mended) reportMended(mended, terminal)
  const errors = count(diagnostics, 'error')
  const warnings = count(diagnostics, 'warning')
  terminal.note(summary(files.length, errors, warnings))
  const offer = offeredFixes(diagnostics)
  if (offer !== undefined) terminal.note(offer)
  const allowed = options.maxWarnings ?? config.maxWarnings ?? Infinity
  if (warnings > allowed) terminal.complain(`more warnings than the ${allowed} allowed`)
  if (errors > 0 || warnings > allowed) throw new Exit(exitCodes.modelErrors)
}

/** The diagnostics of a file, with other texts for some of those it is made of. */
function checkedWith(
  texts: ReadonlyMap<string, string>,
  { path, text }: SourceFile,
  known: FileNames,
  session: Session,
  read: Set<string>,
): readonly Diagnostic[] {
  const changed = new Map([...texts].map(([file, other]) => [known.targetOf(file), other]))
  const changedText = (file: string): string | undefined => changed.get(known.targetOf(file))
  const host: Host = {
    ...nodeHost,
    read: (file) => {
      read.add(file)
      return changedText(file) ?? nodeHost.read(file)
    },
    resolve: (specifier, from) => known.nameOf(nodeHost.resolve(specifier, from)),
  }
  return compileFile({ path, text: changedText(path) ?? text }, session, host).diagnostics
}

function reportMended(mended: readonly Mended[], terminal: Terminal): void {
  for (const { diagnostic, fix } of mended) terminal.note(`fixed ${placeOf(diagnostic.span)}: ${fix.title}`)
  const files = new Set(mended.flatMap(({ fix }) => fix.edits.map(({ span }) => span.source.path)))
  if (mended.length > 0) terminal.note(`${plural(mended.length, 'problem')} fixed in ${plural(files.size, 'file')}`)
}

/** A mistake in a file that several others import is one mistake. */
function distinct(diagnostics: readonly Diagnostic[], { targetOf }: FileNames): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>()
  for (const diagnostic of diagnostics) {
    const { code, span } = diagnostic
    const key = `${code} ${targetOf(span.source.path)} ${span.start}`
    if (!seen.has(key)) seen.set(key, diagnostic)
  }
  return [...seen.values()]
}

/** What the fixes of these would do, if anything. */
function offeredFixes(diagnostics: readonly Diagnostic[]): string | undefined {
  const having = (safety: Safety): readonly Diagnostic[] =>
    diagnostics.filter(({ fixes }) => fixes.some((fix) => fix.safety === safety))
  const safe = having('safe')
  const others = having('unsafe').filter((diagnostic) => !safe.includes(diagnostic)).length
  if (safe.length === 0) return others === 0 ? undefined : `--fix all mends ${others} of them by a guess: read what it did`
  return `--fix mends ${safe.length} of them${others === 0 ? '' : `, --fix all ${others} more by a guess: read what it did`}`
}

const count = (diagnostics: readonly Diagnostic[], severity: Diagnostic['severity']): number =>
  diagnostics.filter((diagnostic) => diagnostic.severity === severity).length

const summary = (files: number, errors: number, warnings: number): string =>
  errors + warnings === 0
    ? `${plural(files, 'file')} checked: no problems`
    : `${plural(files, 'file')} checked: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`
