import type { Graph } from '../../compiler/graph/graph.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { failIfAny, problem } from '../failure/failure.ts'
import { readBytes } from '../files/read-file.ts'
import { arrayDataset } from './array-dataset.ts'
import { readNpz } from './npz.ts'
import type { DatasetOptions, OpenedDataset } from './opened-dataset.ts'

/** The arrays of a .npz file: one for each input under its name, and one called `labels` or as the trained output. */
export async function openNpz(file: string, graph: Graph, { target }: DatasetOptions): Promise<OpenedDataset> {
  const arrays = readNpz(await readBytes(file), file)
  const names = graph.inputs.map(({ name }) => name)
  const choices = [...new Set(['labels', target.output])].filter((name) => !names.includes(name))
  failIfAny(wrongNames([...arrays.keys()], names, choices, graph.name).map((fault) => problem('data/array', { fault }, { file })))
  const targetsName = choices.find((name) => arrays.has(name))!
  const inputs = Object.fromEntries(names.map((name) => [name, arrays.get(name)!]))
  return arrayDataset({ inputs, targets: arrays.get(targetsName)!, targetsName }, graph, target, file)
}

function wrongNames(
  found: readonly string[],
  inputs: readonly string[],
  choices: readonly string[],
  model: string,
): readonly string[] {
  const missing = inputs.filter((name) => !found.includes(name))
  const targets = choices.filter((name) => found.includes(name))
  const unknown = found.filter((name) => !inputs.includes(name) && !choices.includes(name))
  const has = found.length === 0 ? 'it has no arrays' : `it has ${found.join(', ')}`
  return [
    ...missing.map((name) => `the array ${name} for the input of that name is missing${suggestion(name, unknown)}: ${has}`),
    ...(targets.length === 0 ? [`an array ${choices.join(' or ')} with what the model should answer is missing: ${has}`] : []),
    ...(targets.length > 1 ? [`both ${targets.join(' and ')} are there, and one of them says what the model should answer`] : []),
    ...unknown.map(
      (name) =>
        `${model} has no use for the array ${name}${suggestion(name, [...missing, ...(targets.length === 0 ? choices : [])])}`,
    ),
  ]
}
