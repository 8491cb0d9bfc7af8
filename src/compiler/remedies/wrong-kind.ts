import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Context, Advice, Causes } from '../elaborate/context.ts'
import { enumsWith } from '../elaborate/enums.ts'
import { isKnown } from '../elaborate/names.ts'
import type { ListValue, Value } from '../elaborate/value.ts'
import { writing } from '../fixes/writing.ts'
import type { OpName } from '../library/names.ts'
import { stepAt } from '../reading/written.ts'
import { textOf, type Span } from '../text/source.ts'
import { sizeBeforeNumber, withoutBrackets, withoutChannels } from './list-for-number.ts'
import { elementsMeant, isListOfTensors } from './list-of-tensors.ts'
import { operatorForOp } from './operator-for-op.ts'
import { productWith } from './computed-weights.ts'
import { applied } from './applied-block.ts'
import { blockApplied, firstArgument } from './pass-map.ts'
import { withoutQuotes } from './quoted-number.ts'
import type { Remedy } from './remedy.ts'
import { stepsAsBlock, stepsWanted } from './steps-as-block.ts'
import { resultTaken } from './several-results.ts'
import { withoutArgument } from './without-argument.ts'

/** An argument of another kind than its parameter takes. */
export const kindMeant: Remedy<'wrong-kind'> = ({ value, wanted, place }, ctx) => {
  if (value.kind === 'text') return { fixes: [...withoutQuotes(value, ctx), ...unquoted(value.value, place.span, ctx)] }
  if (value.kind === 'results')
    return { notes: ['take one of the results first: a, b = …'], fixes: resultTaken(value, place.span, ctx) }
  if (wanted.kind === 'tensor') return tensorMeant(value, place, ctx)
  switch (value.kind) {
    case 'list':
      return numberMeant(value, wanted.kind, place, ctx)
    case 'tensor':
      if (wanted.kind === 'block' && !isPipedToo(place, ctx)) return applied(place.span, ctx)
      return (wanted.kind === 'init' ? productWith(place.op, place.span, place.call, ctx) : undefined) ?? {
        notes: ['a piped value is the first argument: it does not stand in the call again'],
        fixes: withoutArgument(place.span, isPipedToo(place, ctx) ? 'safe' : 'unsafe', ctx),
      }
    case 'int':
      return wanted.kind === 'bool' ? boolOf(value.dim, place.span) : {}
    case 'none':
      return ofNothing(wanted.kind, place.span)
    default:
      return {}
  }
}

const resize: OpName = 'resize'

type Place = Causes['wrong-kind']['place']
type Kind = Causes['wrong-kind']['wanted']['kind']

function tensorMeant(value: Value, { op, call, span }: Place, ctx: Context): Advice {
  if (isListOfTensors(value)) return elementsMeant(span, ctx)
  if (value.kind === 'tensor' || value.kind === 'none') return {}
  if (value.kind === 'block') {
    const steps = stepsAsBlock(span, ctx)
    return steps.notes ? steps : { notes: [`a block value has to be applied before: x |> ${value.name}(…)`], fixes: blockApplied(value, ctx) }
  }
  const steps = stepsWanted(call, ctx)
  if (steps.notes) return steps
  const operator = value.kind === 'int' || value.kind === 'float' ? operatorForOp(op, call, ctx) : undefined
  if (operator) return operator
  return {
    notes: [`the first argument is the map: pipe one in, x |> ${op}(…), or for a block value leave a hole, ${op}(_, …)`],
    fixes: firstArgument(call, ctx),
  }
}

function numberMeant(list: ListValue, wanted: Kind, place: Place, ctx: Context): Advice {
  const exchanged = sizeBeforeNumber(place.span, place.call, ctx)
  if (exchanged.length > 0) return { fixes: exchanged }
  if (wanted === 'size' && place.op === resize) return withoutChannels(list, ctx)
  const isOfSeveral = !place.isElement && (wanted === 'int' || wanted === 'float') && list.items.length > 1
  return {
    notes: isOfSeveral ? ['one number is wanted; to go through several, write for … in, or [for n in …: …]'] : [],
    fixes: withoutBrackets(list, place, ctx),
  }
}

/** Whether an argument is what the pipe passes already. */
function isPipedToo({ span, call }: Place, ctx: Context): boolean {
  const { pipe, index } = stepAt(call, ctx.run.modules) ?? {}
  return pipe !== undefined && index === 0 && textOf(pipe.head.span) === textOf(span)
}

function boolOf(number: unknown, span: Span): Advice {
  const meant = number === 0 ? ['false'] : number === 1 ? ['true'] : []
  return { notes: ['the bools are true and false'], fixes: meant.map((word) => writing(word, span, 'safe')) }
}

function ofNothing(wanted: Kind, span: Span): Advice {
  if (wanted === 'bool') return { notes: ['to say no, write false'], fixes: [{ ...writing('false', span, 'safe'), isSaid: true }] }
  return { notes: wanted === 'block' ? ['for no block, write identity'] : [] }
}

/** A word or a name that stands in quotes. */
function unquoted(text: string, span: Span, ctx: Context): readonly Fix[] {
  const name = text.toLowerCase()
  if (enumsWith(name).length === 0 && !isKnown(name, ctx)) return []
  return [{ title: `write it without quotes: ${name}`, safety: 'safe', edits: [{ span, text: name }] }]
}
