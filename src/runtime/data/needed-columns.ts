import type { Graph } from '../../compiler/graph/graph.ts'
import { sizeOf } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Target } from './opened-dataset.ts'
import type { NeededColumns } from './table-columns.ts'

/** What targets need of a table; several values only where an output is one row of them. */
export const neededColumns = (targets: readonly Target[], { outputs }: Graph): readonly NeededColumns[] =>
  targets.map(({ output, from }) => {
    const shape = outputs.find(({ name }) => name === output)?.node.type.shape ?? []
    const extents = shape.map(({ dim }) => dim).filter((dim) => typeof dim === 'number')
    return { output, from, values: extents.length === shape.length ? sizeOf(extents) : undefined }
  })
