import type { Diagnostic, Fix } from '../diagnostics/diagnostics.ts'
import { isStanding, placeOf, type Frame, type Span } from '../text/source.ts'

/**
 * What is to be said below a diagnostic, one line each: the calls it happened in, the notes, fixes and where to read more.
 *
 * @param fileOf what a file is called there
 */
export function remarksOn(diagnostic: Diagnostic, fileOf: (path: string) => string = (path) => path): readonly string[] {
  const { code, span, notes, chain } = diagnostic
  const at = (place: Span): string => placeOf(place, fileOf)
  const definition = (frame: Frame): string =>
    frame.definition.source === span.source ? '' : `, defined at ${at(frame.definition)}`
  const calls = chain.map((frame) =>
    isStanding(frame)
      ? `in ${frame.name}, whoever calls it`
      : `in ${frame.name}, called at ${at(frame.call)}${definition(frame)}`,
  )
  return [...shortened(calls), ...notes, ...unsaidFixes(diagnostic.fixes), `fmw explain ${code}`]
}

/** What would be done about it, where the message and the notes do not say so; what only the author can choose stands together. */
function unsaidFixes(fixes: readonly Fix[]): readonly string[] {
  const unsaid = fixes.filter(({ isSaid }) => !isSaid)
  const [safe, others] = [unsaid.filter(({ safety }) => safety === 'safe'), unsaid.filter(({ safety }) => safety !== 'safe')]
  const [only, ...more] = others
  return [
    ...safe.map(({ title }) => `fix: ${title}`),
    ...(!only ? [] : more.length === 0 ? [`may be meant: ${only.title}`] : [['one of these may be meant:', ...others.map(({ title }) => `- ${title}`)].join('\n')]),
  ]
}

/** Calls from one place are counted; of a long recursion only the innermost and the outermost calls tell something. */
function shortened(calls: readonly string[]): readonly string[] {
  const runs: { readonly call: string; readonly times: number }[] = []
  for (const call of calls) {
    const last = runs.at(-1)
    if (last?.call === call) runs[runs.length - 1] = { call, times: last.times + 1 }
    else runs.push({ call, times: 1 })
  }
  const lines = runs.map(({ call, times }) => (times === 1 ? call : `${call} (${times} times)`))
  return lines.length <= 8 ? lines : [...lines.slice(0, 3), `… ${lines.length - 6} more calls`, ...lines.slice(-3)]
}
