import type { Graph } from '../../compiler/graph/graph.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { failIfAny, problem } from '../failure/failure.ts'
import { readNpz } from '../files/npz.ts'
import { readBytes } from '../files/read-file.ts'
import { arrayDataset } from './array-dataset.ts'
import { namedLabels } from './named-labels.ts'
import { notePositions } from './note-positions.ts'
import type { DatasetOptions, OpenedDataset, Target } from './opened-dataset.ts'
import { sharedClasses } from './shared-classes.ts'

/**
 * The arrays of a .npz file: one for each input under its name, and for each output that is trained the one that its target names, one called as
 * the output, or `labels`. Texts are names of classes.
 */
export async function openNpz(file: string, graph: Graph, options: DatasetOptions): Promise<OpenedDataset> {
  const { note } = options
  const arrays = readNpz(await readBytes(file), file)
  const inputs = graph.inputs.map(({ name }) => name)
  const nameOf = (target: Target): string | undefined => choicesOf(target, inputs).find((name) => arrays.has(name))
  const chosen = sharedClasses(options.targets, nameOf).map((target) => ({ target, name: nameOf(target) }))
  // what other outputs should be is no mistake, and is said because it may be a forgotten --target
  const others = graph.outputs.map(({ name }) => name).filter((name) => arrays.has(name) && !inputs.includes(name) && chosen.every((each) => each.name !== name && each.target.output !== name))
  for (const name of others) note(`${file}: ${name} is not looked at, as the output ${name} is not asked for`)
  const faults = wrongNames([...arrays.keys()], [...inputs, ...others], chosen, graph.name)
  failIfAny(faults.map((fault) => problem('data/array', { fault }, { file })))
  const texts = inputs.filter((name) => 'texts' in arrays.get(name)!)
  failIfAny(texts.map((name) => problem('data/array', { fault: `the array ${name} holds texts, and the input ${name} takes numbers` }, { file })))
  const numbers = new Map([...arrays].flatMap(([name, array]) => ('texts' in array ? [] : [[name, array] as const])))
  return arrayDataset(
    {
      inputs: Object.fromEntries(inputs.map((name) => [name, numbers.get(name)!])),
      targets: chosen.map(({ target, name }) => {
        const array = arrays.get(name!)!
        if ('texts' in array) return namedLabels(array, { target, name: name!, graph, file })
        if (!inputs.includes(name!)) notePositions({ target, name: name! }, file, note)
        return { target, name: name!, data: array }
      }),
    },
    graph,
    file,
    options,
  )
}

/** What may say what an output should be, the first that is there; an input only where it is asked for. */
const choicesOf = ({ output, from }: Target, inputs: readonly string[]): readonly string[] =>
  from === undefined ? [output, 'labels'].filter((name) => !inputs.includes(name)) : [from]

function wrongNames(
  found: readonly string[],
  known: readonly string[],
  chosen: readonly { readonly target: Target; readonly name: string | undefined }[],
  model: string,
): readonly string[] {
  const missing = known.filter((name) => !found.includes(name))
  const used = new Set(chosen.map(({ name }) => name))
  const without = chosen.filter(({ name }) => name === undefined).map(({ target }) => target)
  const unknown = found.filter((name) => !known.includes(name) && !used.has(name))
  const wanted = [...missing, ...without.flatMap((target) => choicesOf(target, known))]
  const has = found.length === 0 ? 'it has no arrays' : `it has ${found.join(', ')}`
  const rival = (name: string): string => {
    const taken = chosen.find(({ target }) => choicesOf(target, known).includes(name))
    return taken ? `: ${taken.name} says what ${taken.target.output} should be` : suggestion(name, wanted)
  }
  return [
    ...missing.map((name) => `the array ${name} for the input of that name is missing${suggestion(name, unknown)}: ${has}`),
    ...without.map((target) => `an array ${choicesOf(target, known).join(' or ')} with what ${target.output} should be is missing: ${has}`),
    ...unknown.map((name) => `${model} has no use for the array ${name}${rival(name)}`),
  ]
}
