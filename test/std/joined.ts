import { at, fill, type NdArray } from '../primitives/nd-array.ts'

/** Maps of one shape in one, element by element. */
export const joined = (maps: readonly NdArray[], combine: (elements: readonly number[]) => number): NdArray =>
  fill(maps[0]!.shape, (...index) => combine(maps.map((map) => at(map, ...index))))
