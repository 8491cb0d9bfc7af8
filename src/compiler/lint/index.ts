import { idleOp } from './idle-op.ts'
import { flattenOfVector } from './flatten-of-vector.ts'
import { normTwice } from './norm-twice.ts'
import { skippedPlaces } from './skipped-places.ts'
import { weightsOnPadding } from './weights-on-padding.ts'
import { unusedLoopVariable } from './unused-loop-variable.ts'
import { sameOperands } from './same-operands.ts'
import { idleRelu } from './idle-relu.ts'
import { equalFilters } from './equal-filters.ts'
import { dropoutBeforeNorm } from './dropout-before-norm.ts'
import { biasBeforeNorm } from './bias-before-norm.ts'
import { oneConvolution } from './one-convolution.ts'
import { filtersGatheredAway } from './filters-gathered-away.ts'
import { narrowSqueeze } from './narrow-squeeze.ts'
import { droppedRow } from './dropped-row.ts'
import { evenKernelSame } from './even-kernel-same.ts'
import { divisionByPossibleZero } from './division-by-possible-zero.ts'
import { linearChain } from './linear-chain.ts'
import { noGradient } from './no-gradient.ts'
import { softmaxOfOne } from './softmax-of-one.ts'
import { normOfOne } from './norm-of-one.ts'
import { reluBeforeGate } from './relu-before-gate.ts'
import { unusedImport } from './unused-import.ts'
import { unusedParameter } from './unused-parameter.ts'
import { unusedWeight } from './unused-weight.ts'
import { duplicateIndex } from './duplicate-index.ts'
import { softmaxTwice } from './softmax-twice.ts'
import { weightingTwice } from './weighting-twice.ts'
import { scaleBeforeNorm } from './scale-before-norm.ts'
import type { Rule } from './rule.ts'
import { channelsFirst } from './channels-first.ts'
import { scrambledChannels } from './scrambled-channels.ts'
import { scrambledPlaces } from './scrambled-places.ts'
import { unreadParts } from './unread-parts.ts'
import { unusedValue } from './unused-value.ts'

/** All rules of the linter, a file each. */
export const rules: readonly Rule[] = [
  unusedValue,
  unusedImport,
  unusedParameter,
  unusedWeight,
  unreadParts,
  duplicateIndex,
  softmaxTwice,
  weightingTwice,
  scaleBeforeNorm,
  biasBeforeNorm,
  oneConvolution,
  filtersGatheredAway,
  narrowSqueeze,
  droppedRow,
  evenKernelSame,
  divisionByPossibleZero,
  linearChain,
  equalFilters,
  noGradient,
  softmaxOfOne,
  normOfOne,
  reluBeforeGate,
  idleRelu,
  dropoutBeforeNorm,
  idleOp,
  flattenOfVector,
  normTwice,
  skippedPlaces,
  weightsOnPadding,
  unusedLoopVariable,
  sameOperands,
  channelsFirst,
  scrambledChannels,
  scrambledPlaces,
]
