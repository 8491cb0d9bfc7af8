import { readFileSync } from 'node:fs'
import type { TargetName } from '../../src/codegen/targets.ts'
import { emit } from '../../src/index.ts'
import { exampleFiles } from '../example-models.ts'
import { published } from '../networks/published.ts'

const texts = [
  ...exampleFiles.map((file) => ({ name: `examples-${file.slice(0, -'.fmw'.length).replaceAll('/', '-')}`, file: `examples/${file}` })),
  ...published.map(({ file, model }) => ({ name: `${file}-${model}`, file: `test/networks/${file}.fmw`, model })),
]

const backends = ['cpu', 'wasm', 'webgl'] as const

/**
 * What targets make of each example and of each published network, by the name of a file in one folder; with the files that all of them
 * import, and beside modules what registers their kernels, on one backend after the other.
 */
export async function everyModule(targets: readonly TargetName[], format = true): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  for (const [i, { name, file, ...model }] of texts.entries()) {
    for (const target of targets) {
      const kernels = target === 'types' ? undefined : backends[i % backends.length]
      const options = { file, target, format, ...(kernels && { kernels }), ...model }
      const { diagnostics, files: emitted, unsupported } = await emit(readFileSync(file, 'utf8'), options)
      const errors = diagnostics.filter(({ severity }) => severity === 'error')
      const wrong = [...errors.map(({ message }) => message), ...unsupported.map(({ reason }) => reason)]
      if (wrong.length > 0) throw new Error(`${file}: ${wrong.join('; ')}`)
      for (const { path, text } of emitted) files.set(path.startsWith('fmw-') ? path : path.replace(/^[^.]+/, name), text)
    }
  }
  return files
}
