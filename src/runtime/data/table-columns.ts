import { suggestion } from '../../compiler/text/suggestion.ts'

/** What a target needs of a table. */
export interface NeededColumns {
  readonly output: string
  /** The columns that were asked for: one by its name, or several between commas. */
  readonly from: string | undefined
  /** The number of values of the output for a sample, where it is fixed. */
  readonly values: number | undefined
}

interface Chosen {
  /** The positions of the columns, for each that needs some. */
  readonly columns: readonly (readonly number[])[]
  /** What was taken without being named. */
  readonly notes: readonly string[]
}

/**
 * The columns that say what outputs should be: those that are asked for, one called as the output, several whose names begin with it
 * (`box_x`, `box_y`), the column `label`, or, where there is one output, what is left over.
 *
 * @param free the positions of the columns that are for nothing else
 * @param left how many of these, at the end, may be meant without being named: one, or the values of an output
 * @returns or the faults
 */
export function targetColumns(names: readonly string[], needed: readonly NeededColumns[], free: readonly number[], left: number): Chosen | { readonly faults: readonly string[] } {
  const faults: string[] = []
  const notes: string[] = []
  const called = (name: string): readonly number[] => [...names.keys()].filter((column) => names[column] === name)
  const columns = needed.map((each) => {
    const wanted = each.from === undefined ? namesOf(each, names) : askedFor(each.from, names)
    if (!wanted) {
      const rest = needed.length === 1 ? lastOf(each, free, left) : []
      if (rest.length === 0) faults.push(`no column is called ${each.output} or label, to say what ${each.output} should be: there are ${names.join(', ')}, and ${wayToName(each)}`)
      else notes.push(`no column is called label, so ${theLast(rest.map((column) => names[column]!))} taken for it`)
      return rest
    }
    const twice = wanted.find((name, i) => wanted.indexOf(name) !== i)
    if (twice !== undefined) faults.push(`${twice} is named twice for ${each.output}`)
    if (wanted.length > 1 && each.values !== undefined && each.values !== wanted.length) faults.push(`${each.output} takes ${each.values} ${each.values === 1 ? 'value' : 'values'}, and ${wanted.length} columns are named`)
    for (const name of wanted) {
      const found = called(name)
      if (found.length === 0) faults.push(`no column is called ${name}${suggestion(name, names)}, which ${each.output} is to be learned from: there are ${names.join(', ')}`)
      if (found.length > 1) faults.push(`${found.length === 2 ? 'two' : 'several'} columns are called ${name}`)
    }
    return wanted.flatMap((name) => called(name).slice(0, 1))
  })
  return faults.length > 0 ? { faults: [...new Set(faults)] } : { columns, notes }
}

const askedFor = (from: string, names: readonly string[]): readonly string[] => (names.includes(from) ? [from] : from.split(',').map((name) => name.trim()))

function namesOf({ output, values }: NeededColumns, names: readonly string[]): readonly string[] | undefined {
  if (names.includes(output)) return [output]
  const own = names.filter((name) => name.startsWith(`${output}_`))
  if (values !== undefined && values > 1 && own.length === values) return own
  return names.includes('label') ? ['label'] : undefined
}

function lastOf({ values }: NeededColumns, free: readonly number[], left: number): readonly number[] {
  return left === 0 ? [] : free.slice(left > 1 && left === values ? -left : -1)
}

const wayToName = ({ output, values = 1 }: NeededColumns): string =>
  `--target ${output}:COLUMN names one${values > 1 ? ` of labels, --target ${output}:COLUMN,... the ${values} of its values` : ''}`

const theLast = (names: readonly string[]): string =>
  names.length === 1 ? `the last one, ${names[0]}, is` : `the last ${names.length}, ${names.join(', ')}, are`
