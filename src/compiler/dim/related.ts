import type { Variable } from './expr.ts'
import { ownProperty } from '../text/own-property.ts'

/** Whether sizes are as the relations between their extents say. */
export const areRelated = (variables: readonly Variable[], sizes: Readonly<Record<string, number>>): boolean =>
  variables.every(({ name, relations }) =>
    relations.every(({ kind, other, by }) => {
      const [size, bound] = [ownProperty(sizes, name), ownProperty(sizes, other)]
      return size === undefined || bound === undefined || (kind === 'least' ? size >= bound + by : size <= bound + by)
    }),
  )
