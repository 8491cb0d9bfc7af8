import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { elementName, type Cells } from './element-name.ts'
import { listed } from './listed.ts'

interface Faults {
  readonly count: number
  /** The first few, `labels[17] is 12`, and how many more there are. */
  readonly notes: readonly string[]
}

/** The elements of an array for which a check fails. @param cells where it was read from a table */
export function arrayFaults(array: string, { shape, values }: TensorData, isFine: (value: number) => boolean, cells?: Cells): Faults {
  const positions: number[] = []
  for (let i = 0; i < values.length; i++) if (!isFine(values[i]!)) positions.push(i)
  const line = (position: number): string => `${elementName(array, shape, position, cells)} is ${shortest(values[position]!)}`
  return { count: positions.length, notes: listed(positions.length, (n) => line(positions[n]!)) }
}

/** As few digits as tell a 32-bit number from all others: 0.3 and not 0.30000001192092896. */
function shortest(value: number): number {
  const digits = [6, 7, 8].find((count) => Math.fround(Number(value.toPrecision(count))) === value)
  return digits === undefined ? value : Number(value.toPrecision(digits))
}
