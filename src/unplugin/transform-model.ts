import { emit, type Checked, type Emitted, type EmitOptions } from '../index.ts'
import { kernelModule } from './kernel-modules.ts'

interface Transformed extends Checked, Pick<Emitted, 'unsupported'> {
  /** A module in JavaScript; empty where something is wrong. */
  readonly code: string
}

/** The text of a model as what is imported of it. */
export async function transformModel(text: string, options: EmitOptions): Promise<Transformed> {
  const { files, kernels, ...found } = await emit(text, { ...options, target: 'js', format: false })
  return { ...found, code: [files[0]?.text ?? '', ...kernels.map((kernel) => `import './${kernelModule(kernel)}'`)].join('\n') }
}
