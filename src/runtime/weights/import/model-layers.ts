import type { Graph, Node, OpNode } from '../../../compiler/graph/graph.ts'
import { hasBatch, operands } from '../../../compiler/graph/graph.ts'
import type { WeightUse } from './weight-uses.ts'

/** The weights of a model that belong together, by their roles: those of one call of a block, and of one normalisation. */
export interface ModelLayer {
  readonly path: readonly string[]
  readonly uses: ReadonlyMap<string, WeightUse>
  /** The name of the block that made it, the last word of `conv.depthwise`. */
  readonly block: string
  /** Of a batch normalisation, the op that has the kernel before it. */
  readonly behind: OpNode | undefined
}

/** The layers of a model in the order of its text. */
export function modelLayers({ scopes }: Graph, uses: readonly WeightUse[]): readonly ModelLayer[] {
  const groups = new Map<string, WeightUse[]>()
  for (const use of uses) {
    const { weight, readers } = use
    const isNorm = readers[0]?.op === 'batch_norm'
    const key = [weight.scope, isNorm ? readers[0]!.id : '', ...weight.segments.slice(0, -1)].join('\n')
    const group = groups.get(key) ?? []
    groups.set(key, group)
    group.push(use)
  }
  return [...groups.values()].map((group) => {
    const [{ weight, readers }] = group as [WeightUse, ...WeightUse[]]
    const [reader] = readers
    return {
      path: weight.segments.slice(0, -1),
      uses: new Map(rolesOf(group).map((use) => [use.role, use])),
      block: scopes[weight.scope]?.name.replace(/^.*\./, '') ?? '',
      behind: reader?.op === 'batch_norm' ? kernelOpBefore(reader) : undefined,
    }
  })
}

/** Two kernels of one block keep the names that they have; a single vector beside a kernel is its bias, whatever it is called. */
function rolesOf(group: readonly WeightUse[]): readonly WeightUse[] {
  const kernels = group.filter(({ role, kind }) => role === 'kernel' && kind !== 'vector')
  if (kernels.length > 1) return group.map((use) => (use.role === 'kernel' ? { ...use, role: use.weight.segments.at(-1)! } : use))
  const [first, second] = group
  if (kernels.length !== 1 || group.length !== 2) return group
  const vector = first!.kind === 'vector' ? first! : second!
  return vector.kind === 'vector' ? group.map((use) => (use === vector ? { ...use, role: 'bias' } : use)) : group
}

const kernelOps = new Set(['conv2d', 'depthwise_conv2d', 'conv2d_transpose', 'matmul'])

/** The op with a kernel whose result, with a bias or without, is normalised. */
function kernelOpBefore(norm: OpNode): OpNode | undefined {
  let at: Node | undefined = operands(norm)[0]
  while (at?.kind === 'op' && !kernelOps.has(at.op)) {
    if (at.op !== 'add') return undefined
    const before: readonly Node[] = operands(at).filter((operand) => hasBatch(operand.type))
    if (before.length !== 1) return undefined
    at = before[0]
  }
  return at?.kind === 'op' ? at : undefined
}
