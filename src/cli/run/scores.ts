import type { Metadata } from '../../codegen/tfjs/runtime/metadata.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { logitsOf } from '../../runtime/training/logits-of.ts'
import type { Described } from '../files/described-by.ts'

/** What the values of an output of one vector for each sample mean. */
export interface Meaning {
  /** What makes probabilities of them; nothing does where it is undefined. */
  readonly probabilities: Metadata['probabilities']
  /** How that is known, for people. */
  readonly because: string
  readonly classes: readonly string[] | undefined
}

/** One of the likeliest classes of a sample, or one of its largest values. */
export interface Score {
  /** The number of the class, from 0. */
  readonly index: number
  readonly label?: string
  readonly probability?: number
  /** What the output has for it; two classes that share one value have none of their own. */
  readonly value?: number
}

/** What the text or the file of weights says that an output means; undefined where neither does. */
export function meaningOf({ name, node }: Graph['outputs'][number], described: Described | undefined): Meaning | undefined {
  if (node.type.shape.length > 1) return undefined
  const { output, probabilities, classes } = described?.metadata ?? {}
  const isDescribed = output === name
  if (logitsOf(node, 'categorical_crossentropy') !== node)
    return { probabilities: 'identity', because: 'it ends in a softmax', classes: isDescribed ? classes : undefined }
  return described && isDescribed ? { probabilities, because: `${described.file} says so`, classes } : undefined
}

/** The `count` likeliest classes of a sample or, where its values are no probabilities, its largest values. */
export function largest(sample: Float32Array, meaning: Meaning | undefined, count: number): readonly Score[] {
  return scoresOf(sample, meaning)
    .sort((a, b) => rank(b) - rank(a) || a.index - b.index)
    .slice(0, count)
}

const rank = ({ value, probability }: Score): number => value ?? probability ?? 0

function scoresOf(sample: Float32Array, meaning: Meaning | undefined): Score[] {
  const { classes, probabilities: how } = meaning ?? {}
  const labelled = (index: number) => (classes?.[index] === undefined ? { index } : { index, label: classes[index] })
  if (how === undefined) {
    const isOfClasses = classes?.length === sample.length
    return Array.from(sample, (value, index) => ({ ...(isOfClasses ? labelled(index) : { index }), value }))
  }
  const probabilities = probabilitiesOf([...sample], how)
  if (sample.length === 1) {
    const [second] = probabilities
    return [1 - second!, second!].map((probability, index) => ({ ...labelled(index), probability }))
  }
  return probabilities.map((probability, index) => ({ ...labelled(index), probability, value: sample[index]! }))
}

function probabilitiesOf(values: readonly number[], how: NonNullable<Metadata['probabilities']>): readonly number[] {
  if (how === 'identity') return values
  if (how === 'sigmoid') return values.map((value) => 1 / (1 + Math.exp(-value)))
  const most = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - most))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}
