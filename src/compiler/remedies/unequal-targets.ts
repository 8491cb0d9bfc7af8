import { nameResults } from '../elaborate/evaluate.ts'
import type { Pattern } from '../syntax/ast.ts'
import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'

/** As many names as there are values. */
export const asManyTargets: Remedy<'unequal-targets'> = ({ value, count, targets }) => ({
  notes: [
    ...(value.kind === 'results' ? [`${value.of} gives ${nameResults(value)}`] : []),
    ...(count > targets.length ? [`a value that is not needed is assigned to _${example(targets, count)}`] : []),
  ],
})

/** Where a few are not. */
const example = (targets: readonly Pattern[], count: number): string =>
  count > targets.length + 3 ? '' : `, as in ${[...targets.map(({ span }) => textOf(span)), ...Array<string>(count - targets.length).fill('_')].join(', ')} = …`
