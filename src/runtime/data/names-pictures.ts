import type { Graph } from '../../compiler/graph/graph.ts'
import { isNumber } from './is-number.ts'
import { eachCsvRecord } from './csv-records.ts'

/** So many rows say what the columns of a table are. */
const mostLookedAt = 50

/** Whether a table has files of pictures, by their names, for the inputs of a model, and not the numbers themselves. */
export function namesPictures(bytes: Uint8Array, file: string, { inputs }: Graph): boolean {
  const records: (readonly string[])[] = []
  eachCsvRecord(bytes, file, (fields) => records.push(fields), mostLookedAt + 1)
  const [names = [], ...rows] = records
  const maps = inputs.filter(({ type: { shape } }) => shape.length === 3).map(({ name }) => name)
  const known = new Set(maps.length === 0 ? [] : [...maps, ...usualNames])
  // fewer columns than an input has elements cannot be these
  const sizes = inputs.map(({ type: { shape } }) => shape.reduce((size, { dim }) => size * (typeof dim === 'number' ? dim : 0), 1))
  const isTooNarrow = names.length <= Math.min(...sizes)
  return names.some((name, column) => {
    const fields = rows.map((row) => row[column] ?? '')
    return isOfPictures(fields) || (known.has(name.trim()) && (isTooNarrow || !fields.some(isNumber)) && fields.some((field) => field.trim() !== ''))
  })
}

/** Names of a column of files that say what it is, whatever the files are called. */
export const usualNames: readonly string[] = ['file', 'filename', 'file_name', 'image', 'path', 'picture']

/** Whether most of the fields of a column end as pictures do, of kinds that are not read too, so that they are named. */
export const isOfPictures = (fields: readonly string[]): boolean =>
  2 * fields.filter((field) => /\.(png|jpe?g|bmp|gif|tiff?|webp)$/i.test(field.trim())).length > fields.length
