import { writing } from '../fixes/writing.ts'
import type { Remedy } from './remedy.ts'

/** Where other languages count from the end with a minus. */
export const countedFromTheEnd: Remedy<'index-out-of-range'> = ({ index, expr: { of, index: written } }) =>
  index < 0
    ? {
        notes: ['indices count from the beginning: the last element is list[list.length - 1]'],
        fixes: of.kind === 'name' ? [writing(`${of.name}.length - ${-index}`, written.span)] : [],
      }
    : {}
