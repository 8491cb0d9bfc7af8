import { shapeText, sizeOf } from './tensor-data.ts'
import type { WeightSpec } from './weights.ts'

/** A table of the weights, and how many numbers they are. */
export function summaryOf(model: string, weights: ReadonlyMap<string, WeightSpec>): string {
  const rows = [...weights].map(([path, { shape }]) => [path, shapeText(shape), counted(sizeOf(shape))] as const)
  const table = [['weight', 'shape', 'numbers'] as const, ...rows]
  const width = (column: 0 | 1 | 2): number => Math.max(...table.map((row) => row[column].length))
  const [paths, shapes, counts] = [width(0), width(1), width(2)]
  const lines = table.map(
    ([path, shape, count]) => `${path.padEnd(paths)}  ${shape.padEnd(shapes)}  ${count.padStart(counts)}`,
  )
  const total = (specs: readonly WeightSpec[]): string =>
    counted(specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0))
  const all = [...weights.values()]
  return [
    `${model}: ${total(all)} numbers, ${total(all.filter(({ trainable }) => trainable))} trainable`,
    ...lines,
  ].join('\n')
}

const counted = (n: number): string => n.toLocaleString('en-US')
