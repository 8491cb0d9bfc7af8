import type { Graph, InputNode } from '../../compiler/graph/graph.ts'
import { Failure, problem } from '../failure/failure.ts'

/** The input of a model that has one. @throws Failure `data/source` for another number of them */
export function singleInput({ name, inputs }: Graph, file: string): InputNode {
  const [input, ...others] = inputs
  if (input && others.length === 0) return input
  const names = inputs.map((each) => each.name).join(', ')
  const has = input ? `the inputs ${names}; give an array for each in a .npz file` : 'no input'
  throw new Failure([problem('data/source', { reason: `it holds the samples of one input, and ${name} has ${has}` }, { file })])
}
