import { channelMixOf, differOnlyAlong } from './channel-mix.ts'
import { joinNeighbours } from './join-neighbours.ts'

/**
 * concat(conv(x, W₁), …, conv(x, Wₖ)) = conv(x, concat_filters(W₁, …, Wₖ)), of any op whose filters read all channels. As many
 * multiply-adds in fewer calls: always done.
 */
export const widenParallel = joinNeighbours(
  (first, other) => {
    const [a, b] = [channelMixOf(first), channelMixOf(other)]
    return a !== undefined && b !== undefined && a.x === b.x && differOnlyAlong(a.makes, a.kernel, b.kernel)
  },
  ({ parts, instead }) => {
    const [first] = parts
    const { by, makes } = channelMixOf(first)!
    const make = instead()
    const kernels = parts.map((part) => channelMixOf(part)!.kernel)
    const kernel = make.op('concatenate', { parts: kernels }, { axis: makes })
    return make.op(first.op, { ...first.args, [by]: kernel }, first.attributes)
  },
)
