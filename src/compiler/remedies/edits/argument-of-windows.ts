import type { Fix } from '../../diagnostics/diagnostics.ts'
import { placeKey } from '../../elaborate/assumptions.ts'
import type { Parameter } from '../../library/names.ts'
import { writeArgument } from '../../library/written-call.ts'
import { textOf } from '../../text/source.ts'
import type { Window } from '../windows-of-branch.ts'

/**
 * One argument of all these calls, as one fix; a call that made several windows is changed once.
 *
 * @param titleOf says what is written in the calls
 */
export function argumentOfWindows(
  parameter: Parameter,
  value: string,
  windows: readonly Window[],
  titleOf: (argument: string, calls: readonly string[]) => string,
): readonly Fix[] {
  const calls = new Map(windows.map(({ written }) => [placeKey(written.expr.span), written]))
  const changes = [...calls.values()].flatMap((call) => {
    const change = writeArgument(call, parameter, value)
    return change ? [{ ...change, call: textOf(call.expr.span) }] : []
  })
  const [first] = changes
  return first ? [{ title: titleOf(first.text, changes.map(({ call }) => call)), safety: 'unsafe', edits: changes.map(({ edit }) => edit) }] : []
}
