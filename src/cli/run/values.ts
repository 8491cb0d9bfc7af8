import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Meaning, Score } from './scores.ts'

/** At most so many numbers of a tensor are printed. */
const shown = 20

/** The first values of each sample, indented; below them how far they deviate, where that is known. */
export function valuesText(data: TensorData, deviation?: TensorData): readonly string[] {
  if (!deviation) return samplesOf(data).flatMap((sample) => linesOf(sample, '  '))
  const deviations = samplesOf(deviation)
  return samplesOf(data).flatMap((sample, i) => [...linesOf(sample, '  '), ...linesOf(deviations[i]!, '  ± ')])
}

/** Columns of a terminal. */
const width = 80

/** Numbers in lines that fit a terminal. */
function linesOf(sample: Float32Array, start: string): readonly string[] {
  const rest = sample.length - shown
  const words = [...Array.from(sample.subarray(0, shown), short), ...(rest > 0 ? [`… ${rest.toLocaleString('en-US')} more`] : [])]
  const lines: string[] = []
  let line = start
  for (const [i, word] of words.entries()) {
    const longer = i === 0 ? line + word : `${line}  ${word}`
    if (longer.length <= width || i === 0) {
      line = longer
      continue
    }
    lines.push(line)
    line = ' '.repeat(start.length) + word
  }
  return [...lines, line]
}

/**
 * The largest scores of each sample: the number of the class and its name, its probability, its value.
 *
 * @param count of all scores of a sample, to whose numbers those that are shown are aligned
 */
export function scoresText(samples: readonly (readonly Score[])[], count: number): readonly string[] {
  const all = samples.flat()
  const widest = (cells: readonly string[]): number => Math.max(0, ...cells.map((cell) => cell.length))
  const [indices, percentages] = [String(Math.max(1, count - 1)).length, widest(all.map(percentage))]
  const names = widest(all.map(nameOf))
  return samples.flatMap((scores, i) => {
    const lines = scores.map((score) => {
      const cells = [
        String(score.index).padStart(indices),
        ...(names > 0 ? [nameOf(score).padEnd(names)] : []),
        ...(percentages > 0 ? [percentage(score).padStart(percentages)] : []),
        ...(score.value === undefined ? [] : [score.probability === undefined ? short(score.value) + deviationOf(score) : short(score.value)]),
      ]
      return `  ${cells.join('  ')}`
    })
    if (scores.length === 0) lines.push('  some of its values are no numbers (NaN), and no class is the likeliest')
    return samples.length > 1 ? [` sample ${i}`, ...lines] : lines
  })
}

/** What the largest scores of an output are, in the line above them. */
export function meaningText({ probabilities, because }: Meaning): string | undefined {
  if (probabilities === undefined) return undefined
  const what = probabilities === 'identity' ? 'probabilities' : `logits, whose ${probabilities} gives the probabilities`
  return `${what} (${because})`
}

/** Nothing where it is its number. */
const nameOf = ({ index, label = '' }: Score): string => (label === String(index) ? '' : label)

const percentage = (score: Score): string =>
  score.probability === undefined ? '' : `${(100 * score.probability).toFixed(2)}${deviationOf(score)} %`

const deviationOf = ({ deviation, probability }: Score): string =>
  deviation === undefined ? '' : ` ± ${probability === undefined ? short(deviation) : (100 * deviation).toFixed(2)}`

/** Tensors carry the batch as their first axis; a value that depends on weights alone may have no axis at all. */
export function samplesOf({ shape, values }: TensorData): readonly Float32Array[] {
  const count = shape[0] ?? 1
  const size = values.length / count
  return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size))
}

const short = (value: number): string => (Number.isFinite(value) && Math.abs(value) < 1e6 ? value.toFixed(4) : String(value))
