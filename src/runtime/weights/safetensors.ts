import { readValues } from '../../codegen/tfjs/runtime/safetensors.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { failIfAny, problem } from '../failure/failure.ts'
import { importHint } from './import-hint.ts'
import { readHeader } from './safetensors-header.ts'

/**
 * The tensors of a safetensors file, of which F32, F16 and BF16 are read.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `weights/malformed`, `weights/dtype`: everything wrong with the file at once
 */
export function readSafetensors(bytes: Uint8Array, file: string): ReadonlyMap<string, TensorData> {
  const { start, tensors, problems } = readHeader(bytes, file)
  const read = tensors.map((tensor) => ({ ...tensor, values: readValues(bytes, start, tensor) }))
  const refused = read.filter(({ values }) => !values)
  const hint = refused.length > 0 ? importHint(tensors.map(({ name }) => name), file) : undefined
  const notes = hint === undefined ? [] : [hint]
  failIfAny([...problems, ...refused.map(({ name, dtype }) => problem('weights/dtype', { weight: name, dtype }, { file, notes }))])
  return new Map(read.flatMap(({ name, shape, values }) => (values ? [[name, { shape, values }] as const] : [])))
}
