import type { Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Node } from '../graph/graph.ts'
import type { Difference, StatsDiff } from './stats-diff.ts'
import type { Stats, StatsRow } from './stats.ts'

/** A number, or arithmetic on the extents of the inputs: `ceil(H / 2)`, `733888*H*W`. */
type CountJson = number | string

interface ValueJson {
  readonly name: string
  readonly shape: readonly CountJson[]
}

/** What an op does, and what it costs. */
interface RowJson extends ValueJson {
  readonly op: string
  /** What it reads: another row by its name, an input, a weight by its path, or a constant. */
  readonly takes: readonly (ValueJson & { readonly kind: Node['kind'] })[]
  readonly parameters: number
  readonly macs: CountJson
}

/** What `fmw summary --json` prints. Shapes are per sample, without the batch. */
export interface StatsJson {
  readonly model: string
  readonly inputs: readonly ValueJson[]
  readonly outputs: readonly ValueJson[]
  readonly nodes: readonly RowJson[]
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number; readonly total: number }
  readonly macs: CountJson
}

export const statsToJson = ({ model, inputs, outputs, nodes, parameters, macs }: Stats): StatsJson => ({
  model,
  inputs: inputs.map(valueToJson),
  outputs: outputs.map(valueToJson),
  nodes: nodes.map(rowToJson),
  parameters,
  macs: toJson(macs),
})

/** What `fmw summary --diff --json` prints. */
export interface StatsDiffJson {
  readonly before: Omit<StatsJson, 'nodes'>
  readonly after: Omit<StatsJson, 'nodes'>
  readonly added: readonly RowJson[]
  readonly removed: readonly RowJson[]
  readonly changed: readonly {
    readonly name: string
    readonly before: RowJson
    readonly after: RowJson
    readonly differences: readonly DifferenceJson[]
  }[]
  /** How many rows are equal. */
  readonly same: number
  /** Outputs of one name that are other nodes. */
  readonly outputs: readonly Omit<DifferenceJson, 'what'>[]
}

/** In what an op differs: `op`, `takes`, `shape`, `parameters`, `macs`, or a setting; null where there is none. */
interface DifferenceJson {
  readonly name: string
  readonly what: string
  readonly before: string | null
  readonly after: string | null
}

export function statsDiffToJson({ before, after, changes, same, outputs }: StatsDiff): StatsDiffJson {
  const totals = (stats: Stats): Omit<StatsJson, 'nodes'> => {
    const { nodes: _rows, ...rest } = statsToJson(stats)
    return rest
  }
  return {
    before: totals(before),
    after: totals(after),
    added: changes.flatMap((change) => (change.kind === 'added' ? [rowToJson(change.after)] : [])),
    removed: changes.flatMap((change) => (change.kind === 'removed' ? [rowToJson(change.before)] : [])),
    changed: changes.flatMap((change) =>
      change.kind === 'changed'
        ? [
            {
              name: change.after.name,
              before: rowToJson(change.before),
              after: rowToJson(change.after),
              differences: change.differences.map(differenceToJson),
            },
          ]
        : [],
    ),
    same,
    outputs: outputs.map((difference) => {
      const { what: _node, ...rest } = differenceToJson(difference)
      return rest
    }),
  }
}

const differenceToJson = ({ name, what, before, after }: Difference): DifferenceJson => ({ name, what, before: before ?? null, after: after ?? null })

const rowToJson = (row: StatsRow): RowJson => ({
  name: row.name,
  op: row.op,
  takes: row.takes.map((taken) => ({ ...valueToJson(taken), kind: taken.kind })),
  shape: row.shape.map(toJson),
  parameters: row.parameters,
  macs: toJson(row.macs),
})

const valueToJson = ({ name, shape }: { readonly name: string; readonly shape: readonly Dim[] }): ValueJson => ({
  name,
  shape: shape.map(toJson),
})

const toJson = (dim: Dim): CountJson => (typeof dim === 'number' ? dim : printDim(dim))
