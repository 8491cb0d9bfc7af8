import { didYouMean } from '../text/did-you-mean.ts'
import { callLayer } from './call-layer.ts'
import { originAt } from '../elaborate/context.ts'
import { userOrigin } from '../text/source.ts'
import { lessCutOff } from './output-padding.ts'
import { layerMeant, parameterMeant, parameterMissed } from './other-frameworks.ts'
import { numbersIn } from './numbers-in.ts'
import type { Remedy } from './remedy.ts'
import { withoutArgument } from './without-argument.ts'
import { nearWord } from '../fixes/near-word.ts'

/** What PyTorch calls an axis, which it counts with the batch and with the channels before height and width. */
const pytorchAxes: ReadonlySet<string> = new Set(['dim', 'dims'])

/** A parameter by the name that it has elsewhere, or by nearly its own; what nothing here needs is left out. */
export const otherParameter: Remedy<'unknown-argument'> = ({ op, name, formals, given, call }, ctx) => {
  const layer = layerMeant(op)
  if (layer !== undefined) return callLayer(layer, call, ctx)
  const names = formals.map((formal) => formal.name)
  const meant = parameterMeant(name, names) ?? didYouMean(name, names)
  const span = given.nameSpan ?? given.span
  if (meant !== undefined) {
    const isCounted = pytorchAxes.has(name) && given.value !== 'hole' && numbersIn(given.value).some((axis) => axis >= 0)
    const { notes, fixes } = nearWord(meant, `call it ${meant}`, [{ span, text: meant }], isCounted ? 'unsafe' : 'safe')
    return { notes: isCounted ? [...notes, 'axes are counted without the batch, and channels are last: of a map they are 0, 1 and 2'] : notes, fixes }
  }
  if (name === 'output_padding') return lessCutOff(given.span, op, userOrigin(originAt(ctx, call)).span, ctx)
  const missed = parameterMissed(name)
  return {
    notes: [missed?.instead ?? `its parameters are ${names.join(', ') || 'none'}`],
    fixes: missed?.isNeedless ? withoutArgument(given.span, 'unsafe', ctx) : [],
  }
}
