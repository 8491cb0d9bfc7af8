import { originAt } from '../../elaborate/context.ts'
import { writingWithin } from '../../fixes/writing.ts'
import { parameters, type OpName } from '../../library/names.ts'
import { userOrigin } from '../../text/source.ts'
import { noRemedies, type Remedy } from '../remedy.ts'
import { callAt } from '../written.ts'

/** The op that makes a map as large as another one, where it was smaller and not larger, or the other way round. */
export const padOrCrop: Remedy<'refused-call'> = ({ problem: { code }, op, call }, ctx) => {
  const inverse = inverses.get(op)
  const written = callAt(userOrigin(originAt(ctx, call)).span, ctx)
  if (!inverse || code !== inverse.refused || !written) return noRemedies
  const like = parameters.like.get(op)
  if (!written.args.some((arg) => arg.kind === 'named' && arg.name.name === like)) return noRemedies
  return { fixes: [writingWithin(written.span, { span: written.callee.span, text: inverse.op })] }
}

const inverses: ReadonlyMap<string, { readonly op: OpName; readonly refused: string }> = new Map([
  ['pad', { op: 'crop', refused: 'shape/padding' }],
  ['crop', { op: 'pad', refused: 'shape/slice' }],
])
