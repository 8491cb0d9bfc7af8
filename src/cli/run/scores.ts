import type { Metadata } from '../../codegen/tfjs/runtime/metadata.ts'
import { likeliest, type Score as Class } from '../../codegen/tfjs/runtime/scores.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { logitsOf } from '../../runtime/training/logits-of.ts'
import { saidOf, type Described } from '../files/described-by.ts'

/** What the values of an output of one vector for each sample mean. */
export interface Meaning {
  /** What makes probabilities of them; nothing does where it is undefined. */
  readonly probabilities: Metadata['probabilities']
  /** How that is known, for people. */
  readonly because: string
  readonly classes: readonly string[] | undefined
}

/** One of the likeliest classes of a sample, or one of its largest values. */
export type Score = Omit<Class, 'probability'> &
  Partial<Class> & {
    /** Over several passes: of its probability or, where it has none, of its value. */
    readonly deviation?: number
  }

/** What the text or the file of weights says that an output means; undefined where neither does. */
export function meaningOf({ name, node }: Graph['outputs'][number], described: Described | undefined): Meaning | undefined {
  if (node.type.shape.length > 1) return undefined
  const said = saidOf(name, described?.metadata)
  if (logitsOf(node, 'categorical_crossentropy') !== node)
    return { probabilities: 'identity', because: 'it ends in a softmax', classes: said?.classes }
  return described && said && { probabilities: said.probabilities, because: `${described.file} says so`, classes: said.classes }
}

/** The `count` likeliest classes of a sample or, where its values are no probabilities, its largest values; none where one of them is no number. */
export function largest(sample: Float32Array, meaning: Meaning | undefined, count: number): readonly Score[] {
  const { classes, probabilities } = meaning ?? {}
  if (sample.some(Number.isNaN)) return []
  if (probabilities !== undefined) return likeliest(sample, probabilities, classes, count)
  const names = classes?.length === sample.length ? classes : undefined
  return Array.from(sample, (value, index) => ({ index, ...(names && { label: names[index]! }), value }))
    .sort((a, b) => b.value - a.value || a.index - b.index)
    .slice(0, count)
}
