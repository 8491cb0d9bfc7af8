import type { Fix } from '../../diagnostics/diagnostics.ts'
import type { Node } from '../../graph/graph.ts'
import { parameters, type OpName } from '../../library/names.ts'
import { projection, stepText } from '../../library/step-text.ts'
import { textOf, userOrigin } from '../../text/source.ts'
import type { Context, Cause } from '../../elaborate/context.ts'
import { stepBefore } from '../edits/step-before.ts'
import { callAt } from '../written.ts'

type Misfitting = Cause<'wrong-extents'>

/** What may give a map the channels that a parameter wants: of pictures grey or repeated, of other maps a 1x1 convolution. */
export function argumentChannels({ misfits, value: { node }, place }: Misfitting, ctx: Context): readonly Fix[] {
  const [misfit, ...others] = misfits
  const { shape } = node.type
  const [wanted, found] = [misfit?.wanted.dim, shape[2]?.dim]
  if (misfit?.axis !== 2 || others.length > 0 || shape.length !== 3 || typeof wanted !== 'number' || typeof found !== 'number')
    return []
  const projected = node.kind === 'op' ? [['write', projection(String(wanted), ctx.run.modules)] as const] : []
  const entering = [...pictureStep(wanted, found), ...projected].flatMap(([what, step]): readonly Fix[] => {
    const edit = stepBefore(place, step, ctx)
    return edit
      ? [{ title: `${what} ${edit.text}${edit.span.start === edit.span.end ? textOf(place.call) : ''}`, safety: 'unsafe', edits: [edit] }]
      : []
  })
  return [...lastPart(node, wanted, found, ctx), ...entering]
}

/** Of maps that were joined to more channels than are wanted, the last is brought to as few as are left for it. */
function lastPart(node: Node, wanted: number, found: number, ctx: Context): readonly Fix[] {
  const { span } = userOrigin(node.origins[0])
  if (node.kind !== 'op' || node.op !== 'concatenate' || span.source.library) return []
  const call = callAt(span, ctx)
  const parts = Object.values(node.args).flat()
  const last = call?.args.length === parts.length ? call.args.at(-1) : undefined
  const left = wanted - found + Number(parts.at(-1)?.type.shape[2]?.dim)
  if (last?.kind !== 'positional' || last.value.kind === 'hole' || !(left >= 1) || wanted >= found) return []
  const text = `${textOf(last.value.span)} |> ${projection(String(left), ctx.run.modules)}`
  return [{ title: `join ${wanted - left} and ${left} channels: ${text}`, safety: 'unsafe', edits: [{ span: last.value.span, text }] }]
}

const gather: OpName = 'gather.channels'

/** Between grey pictures and those of three colours. */
function pictureStep(wanted: number, found: number): readonly (readonly [what: string, step: string])[] {
  if (wanted === 1 && found === 3) return [['make it grey:', stepText('reduce.mean', [parameters.axis, '2'], [parameters.keeps, 'true'])]]
  return wanted === 3 && found === 1 ? [['repeat the one channel:', `${gather}([0, 0, 0])`]] : []
}
