import { conventionsOf, programOf } from './import/convention.ts'

/** What is to be done with a safetensors file of these names, where they are another program's. */
export function importHint(names: readonly string[], file: string): string | undefined {
  const tensors = names.map((name) => ({ name }))
  const [convention, ...others] = conventionsOf({ format: 'safetensors', tensors, texts: {} })
  if (!convention || convention === 'fmw' || others.length > 0) return undefined
  return `its names are those of ${programOf[convention]}: fmw weights import ${file} <model>.fmw -o weights.safetensors writes them as fmw reads them`
}
