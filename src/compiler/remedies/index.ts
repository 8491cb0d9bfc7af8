import type { Context, Advice, Advise, Cause, Causes } from '../elaborate/context.ts'
import { joinDetails } from '../diagnostics/join-details.ts'
import { argumentMeant } from './refused-call/argument-meant.ts'
import { channelsFirst } from './channels-first/channels-first.ts'
import { turnedAsWritten, turnedInput } from './channels-first/written-turned.ts'
import { groupsThatDivide } from './divisors.ts'
import { roomForWindow } from './refused-call/room-for-window.ts'
import { requirementMet } from './failed-requirement/requirement-met.ts'
import { missingWhere } from './missing-where.ts'
import { conditionMeant } from './not-a-condition.ts'
import { orderMeant } from './not-ordered.ts'
import { opWithWeights } from './refused-call/op-with-weights.ts'
import { padOrCrop } from './refused-call/pad-or-crop.ts'
import { tensorsThatFit } from './refused-call/tensors-that-fit.ts'
import { axesWanted } from './wrong-rank/axes-wanted.ts'
import { elementsOfShape } from './refused-call/elements-of-shape.ts'
import { otherSteps } from './steps-to-shape.ts'
import { extentLeft, fixedExtent } from './weight-extent.ts'
import { asVector, trueShape } from './wrong-annotation.ts'
import { extentsWanted } from './wrong-extents/extents-wanted.ts'
import { declaredList, returnedToo } from './wrong-result.ts'
import { axesMeant } from './index-count.ts'
import { opOfFamily } from './family-alone.ts'
import { rounded } from './float-for-int.ts'
import { convexSum } from './index-out-of-range.ts'
import { outputLast, returnLast } from './last-value.ts'
import { properStatement } from './misplaced-statement.ts'
import { argumentLeftOut } from './missing-argument.ts'
import { listMeant } from './not-a-list.ts'
import { unquotedNumber } from './not-a-number.ts'
import { tensorOf } from './not-a-tensor.ts'
import { partMeant } from './not-indexable.ts'
import type { Remedy, Searched } from './remedy.ts'
import { withoutLabel } from './idle-label.ts'
import { freeLabel } from './repeated-label.ts'
import { labelForPath } from './repeated-path.ts'
import { layerOfItsOwn } from './shared-weight.ts'
import { oneResult } from './several-results.ts'
import { furtherMap } from './too-few-arguments.ts'
import { fewerArguments } from './too-many-arguments.ts'
import { listsMeant } from './operator-of-lists.ts'
import { asManyTargets } from './unequal-targets.ts'
import { otherParameter } from './unknown-argument.ts'
import { otherModel } from './unknown-like.ts'
import { otherMember } from './unknown-member.ts'
import { nameMeant } from './unknown-name.ts'
import { otherOp } from './unknown-op.ts'
import { otherOption } from './unknown-option.ts'
import { otherType } from './unknown-type.ts'
import { conditionsToDecide } from './undecided-comparison.ts'
import { valueNamed } from './several-holes.ts'
import { valueForHole } from './hole-alone.ts'
import { opForTensor } from './not-callable.ts'
import { holeLeft } from './not-a-block.ts'
import { kindMeant } from './wrong-kind.ts'

/** For each cause what would mend it, the likeliest first. */
const remedies: { readonly [K in keyof Causes]: readonly Remedy<K>[] } = {
  'wrong-kind': [kindMeant],
  'not-a-tensor': [tensorOf],
  'not-a-list': [listMeant],
  'not-indexable': [partMeant],
  'index-count': [axesMeant],
  'index-out-of-range': [convexSum],
  'not-a-number': [unquotedNumber],
  'float-for-int': [rounded],
  'operator-of-lists': [listsMeant],
  'unequal-targets': [asManyTargets],
  'missing-where': [missingWhere],
  'failed-requirement': [requirementMet],
  'not-a-condition': [conditionMeant],
  'not-ordered': [orderMeant],
  'wrong-rank': [axesWanted],
  'wrong-extents': [extentsWanted],
  // that the shape is what was meant comes first: it was written to be held to
  'wrong-annotation': [turnedAsWritten, turnedInput, otherSteps, asVector, trueShape],
  'wrong-result': [turnedAsWritten, turnedInput, otherSteps, declaredList],
  'missing-results': [returnedToo],
  'shared-weight': [layerOfItsOwn],
  'symbolic-weight': [fixedExtent],
  'empty-weight': [extentLeft],
  'refused-call': [
    argumentMeant,
    opWithWeights,
    channelsFirst,
    tensorsThatFit,
    roomForWindow,
    padOrCrop,
    elementsOfShape,
    groupsThatDivide,
  ],
  'several-results': [oneResult],
  'missing-argument': [argumentLeftOut],
  'too-few-arguments': [furtherMap],
  'too-many-arguments': [fewerArguments],
  'unknown-argument': [otherParameter],
  'unknown-option': [otherOption],
  'unknown-name': [nameMeant],
  'unknown-like': [otherModel],
  'unknown-type': [otherType],
  'unknown-member': [otherMember],
  'unknown-op': [otherOp],
  'family-alone': [opOfFamily],
  'misplaced-statement': [properStatement],
  'no-return': [returnLast],
  'no-output': [outputLast],
  'undecided-comparison': [conditionsToDecide],
  'several-holes': [valueNamed],
  'hole-alone': [valueForHole],
  'not-callable': [opForTensor],
  'not-a-block': [holeLeft],
  'repeated-path': [labelForPath],
  'repeated-label': [freeLabel],
  'idle-label': [withoutLabel],
}

/** The door for an elaboration of a model of which something was found before. */
export const adviser =
  (searched: Searched): Advise =>
  (cause, ctx) =>
    adviseOn(cause, ctx, searched)

/** The door for what is no model. */
export const advise = adviser({ where: undefined, sizes: undefined })

function adviseOn<K extends keyof Causes>(cause: Cause<K>, ctx: Context, searched: Searched): Advice {
  const list: readonly Remedy<K>[] = remedies[cause.kind]
  return joinDetails(...list.map((remedy) => remedy(cause, ctx, searched)))
}
