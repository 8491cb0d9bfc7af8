import { printDim } from '../dim/print.ts'
import { parameters } from '../library/names.ts'
import { argumentOf } from '../library/written-call.ts'
import type { Modules } from '../reading/module.ts'
import { libraryCallOf, writtenCall, type LibraryCall } from '../library/library-call.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { nodeRule } from './rule.ts'
import { factsOf } from '../facts/facts-of.ts'
import { linearLayerOf } from '../facts/linear-layer.ts'

/**
 * With stride 1, `same` pads an even kernel by one more after than before, so that the maps move by half an element in each layer
 * (Wu et al. 2019). A dilation by an even number has room for the same on both sides.
 */
export const evenKernelSame = nodeRule('lint/even-kernel-same', (node, _uses, modules) => {
  const layer = node.kind === 'op' ? linearLayerOf(node) : undefined
  const { windows } = factsOf(node)
  if (!layer || layer.product !== node || node.kind !== 'op' || !windows) return undefined
  const sides = [0, 1].map((axis) => Number(layer.kernel.type.shape[axis]!.dim))
  // the pointwise half of a separable convolution stands at the same place
  if (sides.every((side) => side === 1)) return undefined
  const spare = windows.map(({ stride, dilation, padding }, axis) =>
    padding === 'same' && stride === 1 ? (sides[axis]! - 1) * dilation : 0,
  )
  const odd = Math.max(...spare.filter((pads) => pads % 2 === 1))
  if (odd < 0) return 'fine'
  const call = libraryCallOf(node.origins[0])
  return {
    facts: {
      op: call?.op ?? node.op,
      kernel: layer.kernel.type.shape.slice(0, 2).map(({ dim }) => printDim(dim)).join('x'),
      before: String((odd - 1) / 2),
      after: String((odd + 1) / 2),
    },
    details: { fixes: call ? oddKernel(call, sides, modules) : [] },
  }
})

/** The next odd kernel, where the kernel is written as numbers. */
function oddKernel(call: LibraryCall, sides: readonly number[], modules: Modules): readonly Fix[] {
  const written = writtenCall(call, modules)
  const value = written && argumentOf(written, parameters.kernel)
  const isKernel =
    value?.kind === 'size'
      ? value.values.join() === sides.join()
      : value?.kind === 'number' && sides.every((side) => side === value.value)
  if (!value || !isKernel) return []
  const odd = sides.map((side) => side + ((side + 1) % 2)).join('x')
  return [{ title: `take an odd kernel: ${odd}`, safety: 'unsafe', edits: [{ span: value.span, text: odd }] }]
}
