import { keyOf, multiply, type Dim } from '../../dim/expr.ts'
import type { Cause } from '../../elaborate/context.ts'
import { givenList } from '../../elaborate/given-values.ts'
import type { Remedy } from '../remedy.ts'
import { isPictureTurned } from '../../reading/channels-first.ts'
import { turnedMaps, type TreatsAsChannels } from './turned-maps.ts'
import { turnedOperand } from './turned-operand.ts'

/** Maps that are written as [channels, height, width], as other frameworks have them, where they do not fit for that reason. */
export const channelsFirst: Remedy<'refused-call'> = (cause, ctx) => {
  const isTreatedSo = treatment(cause)
  if (!isTreatedSo) return {}
  const { labels, ...turned } = turnedMaps(isTreatedSo, ctx)
  if (turned.fixes.length === 0) return turnedOperand(cause, ctx)
  return { ...turned, labels: labels.filter(({ origin }) => !cause.problem.labels.some(({ extent }) => extent.origin === origin)) }
}

function treatment({ problem, tensors, matched }: Cause<'refused-call'>): TreatsAsChannels | undefined {
  switch (problem.code) {
    case 'shape/window-too-large':
      return isPictureTurned
    case 'shape/size-mismatch':
    case 'shape/channel-mismatch':
      return meetsIn(problem.labels.map(({ extent }) => extent.dim))
    case 'shape/reshape': {
      const items = givenList(matched.get('shape')).flatMap(({ value }) => (value.kind === 'list' ? value.items : []))
      const target = items.flatMap((item) => (item.kind === 'int' ? [item.dim] : []))
      const channels = tensors[0]?.type.shape.at(-1)?.dim
      const meets = meetsIn([...(channels === undefined ? [] : [channels]), ...target])
      return (first, height, width) => meets(first, height, width) || hasDim(target, multiply(height, width))
    }
    default:
      return undefined
  }
}

const hasDim = (dims: readonly Dim[], dim: Dim): boolean => dims.some((one) => keyOf(one) === keyOf(dim))

/** Of extents that should be equal one is the input's first, and another one of those behind it. */
const meetsIn =
  (dims: readonly Dim[]): TreatsAsChannels =>
  (channels, height, width) =>
    hasDim(dims, channels) && (hasDim(dims, height) || hasDim(dims, width))
