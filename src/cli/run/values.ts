import type { TensorData } from '../../runtime/numbers/tensor-data.ts'

/** At most so many numbers of a tensor are printed. */
const shown = 20

/** The first values of each sample, indented. */
export function valuesText({ shape, values }: TensorData): readonly string[] {
  return samplesOf({ shape, values }).map((sample) => {
    const numbers = Array.from(sample.subarray(0, shown), short).join('  ')
    return `  ${numbers}${sample.length > shown ? `  … ${(sample.length - shown).toLocaleString('en-US')} more` : ''}`
  })
}

/** The largest values of each sample with their indices. */
export function topValues(data: TensorData, count: number): readonly string[] {
  return samplesOf(data).flatMap((sample, i) => {
    const best = [...sample.keys()].sort((a, b) => sample[b]! - sample[a]! || a - b).slice(0, count)
    const lines = best.map((index) => `  ${String(index).padStart(String(sample.length - 1).length)}  ${short(sample[index]!)}`)
    return data.shape[0]! > 1 ? [` sample ${i}`, ...lines] : lines
  })
}

/** Tensors carry the batch as their first axis; a value that depends on weights alone may have no axis at all. */
function samplesOf({ shape, values }: TensorData): readonly Float32Array[] {
  const count = shape[0] ?? 1
  const size = values.length / count
  return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size))
}

const short = (value: number): string => (Number.isFinite(value) && Math.abs(value) < 1e6 ? value.toFixed(4) : String(value))
