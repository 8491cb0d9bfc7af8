import { parseMetadata } from '../../codegen/tfjs/runtime/metadata.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import { shapeText, sizeOf } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { readForeign } from '../../runtime/weights/import/read-foreign.ts'
import { table } from '../terminal/table.ts'
import { openTerminal } from '../terminal/terminal.ts'

interface ListOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Prints what a file of weights holds, also one that is to be imported. */
export async function listWeights(file: string, { json, ...options }: ListOptions): Promise<void> {
  const { result, json: printJson, note, outStyle } = openTerminal(options)
  const { tensors, texts: metadata } = await readForeign(await readBytes(file), file)
  const listed = tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape }))
  if (json) return printJson({ tensors: listed, metadata })
  const sorted = listed.toSorted((a, b) => naturally.compare(a.name, b.name))
  const rows = sorted.map(({ name, dtype, shape }) => [name, dtype, shapeText(shape), sizeOf(shape).toLocaleString('en-US')])
  const numbers = listed.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  result(
    [
      ...table(['tensor', 'dtype', 'shape', 'numbers'], rows, new Set([3]), outStyle),
      '',
      `${listed.length} tensors, ${numbers.toLocaleString('en-US')} numbers`,
      ...Object.entries(metadata).map(([key, value]) => `${key}: ${begun(value)}`),
    ].join('\n'),
  )
  for (const fault of parseMetadata(metadata).faults) note(`${file}: ${fault}`)
}

/** Numbers in names by what they are, so that c3/2 is before c3/10. */
const naturally = new Intl.Collator('en', { numeric: true })

/** A text, or the beginning of one that is long, such as the names of a thousand classes. */
const begun = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}... (${text.length} characters)` : text)
