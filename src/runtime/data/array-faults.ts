import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { elementName } from './element-name.ts'
import { listed } from './listed.ts'

interface Faults {
  readonly count: number
  /** The first few, `labels[17] is 12`, and how many more there are. */
  readonly notes: readonly string[]
}

/** The elements of an array for which a check fails. */
export function arrayFaults(array: string, { shape, values }: TensorData, isFine: (value: number) => boolean): Faults {
  const positions: number[] = []
  for (let i = 0; i < values.length; i++) if (!isFine(values[i]!)) positions.push(i)
  const line = (position: number): string => `${elementName(array, shape, position)} is ${values[position]!}`
  return { count: positions.length, notes: listed(positions.length, (n) => line(positions[n]!)) }
}
