import type { Statement } from '../syntax/ast.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import type { Origin, Span } from '../text/source.ts'
import { boundBy } from './text/names-read.ts'
import { removal } from '../fixes/removal.ts'
import { isMeantUnread } from './text/meant-unread.ts'
import { textRule } from './rule.ts'
import { unreadIn, type Unread } from './text/unread.ts'

/**
 * A value that nothing reads is computed for nobody, and more often than not the wrong name was read instead. A leading `_` says
 * that it is on purpose, as `_` alone does. Weights have a rule of their own.
 */
export const unusedValue = textRule('lint/unused-value', (file, report) => {
  for (const declaration of file.ast.declarations) {
    if (declaration.kind === 'const') continue
    const unread = unreadIn(declaration.body)
    for (const one of unread) {
      const { statement, target } = one
      if (statement.kind === 'weight' || isMeantUnread(target.name)) continue
      const body = statementsIn(declaration.body)
      const again = body.find((other) => other.span.start > statement.span.start && boundBy(other).includes(target.name))
      report({ what: statement.kind === 'layer' ? 'layer' : 'value', name: target.name }, at(target.span), {
        labels: again ? [{ origin: at(again.span), text: `${target.name} is given another value here` }] : [],
        fixes: fixesOf(one, unread, body),
      })
    }
  }
})

const at = (span: Span): Origin => ({ span, frame: undefined })

/**
 * The fix that leaves the paths of all other weights as they are; the first name of a statement is part of the paths of its own.
 */
function fixesOf({ statement, target }: Unread, unread: readonly Unread[], body: readonly Statement[]): readonly Fix[] {
  const bound = boundBy(statement)
  const dead = unread.filter((other) => other.statement === statement).map((other) => other.target.name)
  if (bound.some((name) => !dead.includes(name))) {
    return target.name === bound[0]
      ? []
      : [{ title: `write _ instead of ${target.name}`, safety: 'safe', edits: [{ span: target.span, text: '_' }] }]
  }
  // the statements after it that assign the same name are found as name_2, name_3
  const counted = body.some(
    (other) => other.span.start > statement.span.start && 'segment' in other && namedAfter(other) === namedAfter(statement),
  )
  return counted ? [] : [{ title: `remove ${bound.join(', ')}`, safety: 'unsafe', edits: [removal(statement.span)] }]
}

/** The name that the paths of a statement begin with. */
const namedAfter = (statement: Statement): string => boundBy(statement)[0] ?? '_'
