import type { Extent } from '../../graph/graph.ts'
import type { Advice, Context } from '../../elaborate/context.ts'
import { writingWithin } from '../../fixes/writing.ts'
import { callOf } from '../../library/library-call.ts'
import { parameters, type OpName } from '../../library/names.ts'
import { argumentOf } from '../../library/written-call.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { textOf, userOrigin } from '../../text/source.ts'
import { expressionAt } from '../../reading/written.ts'

const split: OpName = 'split'

/** A split that was told how large its parts are, as elsewhere, where it takes how many there are. */
export function partsMeant([a, b]: readonly (Extent | undefined)[], { run: { modules } }: Context): Advice {
  for (const [own, wanted] of [[a, b], [b, a]] as const) {
    const call = own && expressionAt(userOrigin(own.origin).span, modules)
    if (call?.kind !== 'call' || calleeName(call) !== split || typeof own?.dim !== 'number' || typeof wanted?.dim !== 'number') continue
    const parts = argumentOf(callOf(split, call, modules), parameters.parts)
    const channels = parts?.kind === 'number' ? own.dim * parts.value : 0
    if (parts?.kind !== 'number' || parts.value !== wanted.dim || channels % wanted.dim !== 0) continue
    const count = channels / wanted.dim
    return {
      notes: [`${textOf(call.span)} makes ${parts.value} parts of ${own.dim}; parts of ${wanted.dim} are ${count}`],
      fixes: [writingWithin(call.span, { span: parts.span, text: String(count) })],
    }
  }
  return {}
}
