import { emit, type CompileOptions, type Emitted } from '../index.ts'
import { stripTypes } from './strip-types.ts'

interface Transformed extends Emitted {
  /** A module in JavaScript; empty where something is wrong. */
  readonly code: string
}

/** The text of a model as what is imported of it. */
export async function transformModel(text: string, options: CompileOptions): Promise<Transformed> {
  const emitted = await emit(text, { ...options, format: false })
  return { ...emitted, code: emitted.files.slice(0, 1).map((file) => stripTypes(file.text)).join('') }
}
