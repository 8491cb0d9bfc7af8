import type { Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Stats } from './stats.ts'

/** A number, or arithmetic on the extents of the inputs: `ceil(H / 2)`, `733888*H*W`. */
type CountJson = number | string

interface ValueJson {
  readonly name: string
  readonly shape: readonly CountJson[]
}

/** What `fmw summary --json` prints. Shapes are per sample, without the batch. */
export interface StatsJson {
  readonly model: string
  readonly inputs: readonly ValueJson[]
  readonly outputs: readonly ValueJson[]
  readonly nodes: readonly (ValueJson & { readonly op: string; readonly parameters: number; readonly macs: CountJson })[]
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number; readonly total: number }
  readonly macs: CountJson
}

export const statsToJson = ({ model, inputs, outputs, nodes, parameters, macs }: Stats): StatsJson => ({
  model,
  inputs: inputs.map(valueToJson),
  outputs: outputs.map(valueToJson),
  nodes: nodes.map((row) => ({
    name: row.name,
    op: row.op,
    shape: row.shape.map(toJson),
    parameters: row.parameters,
    macs: toJson(row.macs),
  })),
  parameters,
  macs: toJson(macs),
})

const valueToJson = ({ name, shape }: { readonly name: string; readonly shape: readonly Dim[] }): ValueJson => ({
  name,
  shape: shape.map(toJson),
})

const toJson = (dim: Dim): CountJson => (typeof dim === 'number' ? dim : printDim(dim))
