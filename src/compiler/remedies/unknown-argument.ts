import { didYouMean } from '../text/did-you-mean.ts'
import { callLayer } from './call-layer.ts'
import { originAt } from '../elaborate/context.ts'
import { userOrigin } from '../text/source.ts'
import { lessCutOff } from './output-padding.ts'
import { layerMeant, parameterMeant, parameterMissed } from './other-frameworks.ts'
import type { Remedy } from './remedy.ts'
import { withoutArgument } from './without-argument.ts'
import { nearWord } from '../fixes/near-word.ts'

/** A parameter by the name that it has elsewhere, or by nearly its own; what nothing here needs is left out. */
export const otherParameter: Remedy<'unknown-argument'> = ({ op, name, formals, given, call }, ctx) => {
  const layer = layerMeant(op)
  if (layer !== undefined) return callLayer(layer, call, ctx)
  const names = formals.map((formal) => formal.name)
  const meant = parameterMeant(name, names) ?? didYouMean(name, names)
  const span = given.nameSpan ?? given.span
  if (meant !== undefined)
    return nearWord(meant, `call it ${meant}`, [{ span, text: meant }])
  if (name === 'output_padding') return lessCutOff(given.span, op, userOrigin(originAt(ctx, call)).span, ctx)
  const missed = parameterMissed(name)
  return {
    notes: [missed?.instead ?? `its parameters are ${names.join(', ') || 'none'}`],
    fixes: missed?.isNeedless ? withoutArgument(given.span, 'unsafe', ctx) : [],
  }
}
