import type { Shape } from './graph.ts'
import { evaluate } from '../dim/expr.ts'

/** The extents of a weight or a constant, which are known when the model is compiled. */
export const fixedShape = (shape: Shape): readonly number[] => shape.map(({ dim }) => evaluate(dim, {}))
