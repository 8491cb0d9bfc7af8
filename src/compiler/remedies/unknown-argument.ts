import { didYouMean } from '../text/did-you-mean.ts'
import { callLayer } from './call-layer.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Given } from '../elaborate/value.ts'
import { ruleFor } from './elsewhere/arguments.ts'
import { axesHere, countedOtherwise, isCountedAlike } from './elsewhere/axes.ts'
import { parted, shapeOf } from './elsewhere/tensors-given.ts'
import { originAt, type Context } from '../elaborate/context.ts'
import { userOrigin, type Span } from '../text/source.ts'
import { lessCutOff } from './output-padding.ts'
import { expressionAt } from './written.ts'
import { layerMeant, parameterMeant, parameterMissed } from './other-frameworks.ts'
import { numbersIn } from './numbers-in.ts'
import type { Remedy } from './remedy.ts'
import { withoutArgument } from './without-argument.ts'
import { writing } from '../fixes/writing.ts'
import { nearWord, safetyOf } from '../fixes/near-word.ts'

/** Axes that PyTorch counts otherwise, as they are counted here, and as they are written; none where they are alike. */
function axesCounted(name: string, { value, span }: Given, nameSpan: Span, call: Span, ctx: Context): readonly Fix[] {
  const axes = value === 'hole' ? [] : numbersIn(value)
  if (value === 'hole' || isCountedAlike(axes)) return []
  const written = expressionAt(call, ctx)
  const [tensor] = written?.kind === 'call' ? parted(written, ctx)[0] : []
  const texts = [...axesHere(axes, 'torch', tensor && shapeOf(tensor, ctx)?.length), axes].map((here) => (value.kind === 'list' ? `[${here.join(', ')}]` : here.join()))
  return [...new Set(texts)].map((text) => writing(`${name}: ${text}`, { ...nameSpan, end: span.end }))
}

/** What PyTorch calls an axis, which it counts with the batch and with the channels before height and width. */
const pytorchAxes: ReadonlySet<string> = new Set(['dim', 'dims'])

/** A parameter by the name that it has elsewhere, or by nearly its own; what nothing here needs is left out. */
export const otherParameter: Remedy<'unknown-argument'> = ({ op, name, formals, given, call }, ctx) => {
  const layer = layerMeant(op)
  if (layer !== undefined) return callLayer(layer, call, ctx)
  const names = formals.map((formal) => formal.name)
  const elsewhere = parameterMeant(name, names)
  const meant = elsewhere ?? didYouMean(name, names)
  const span = given.nameSpan ?? given.span
  if (meant !== undefined) {
    const counted = pytorchAxes.has(name) ? axesCounted(meant, given, span, call, ctx) : []
    const near = nearWord(meant, `call it ${meant}`, [{ span, text: meant }], elsewhere === undefined ? safetyOf(name, meant) : 'safe')
    return counted.length > 0 ? { notes: [...near.notes, countedOtherwise], fixes: counted } : near
  }
  if (name === 'output_padding') return lessCutOff(given.span, op, userOrigin(originAt(ctx, call)).span, ctx)
  const written = expressionAt(given.span, ctx)
  const rule = written && ruleFor(name, written, { word: op, op, framework: undefined, formals, args: [], given: new Map(), shape: undefined })
  if (rule && rule.args.length > 0) {
    const text = rule.args.map(([own, value]) => `${own}: ${value}`).join(', ')
    return { notes: rule.note === undefined ? [] : [rule.note], fixes: [writing(text, { ...span, end: given.span.end }, rule.isSure ? 'safe' : 'unsafe')] }
  }
  const missed = parameterMissed(name)
  return {
    notes: [missed?.instead ?? `its parameters are ${names.join(', ') || 'none'}`],
    fixes: missed?.isNeedless ? withoutArgument(given.span, 'unsafe', ctx) : [],
  }
}
