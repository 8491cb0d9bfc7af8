import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { failIfAny, problem } from '../failure/failure.ts'
import type { TextData } from '../files/npy.ts'
import { readNpz } from '../files/npz.ts'
import { readBytes } from '../files/read-file.ts'
import { arrayDataset } from './array-dataset.ts'
import { fitsAsItStands } from './array-readings.ts'
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
  const { faults, unused } = wrongNames([...arrays.keys()], [...inputs, ...others], chosen, graph.name)
  const used = chosen.map(({ name }) => name)
  const free = [...arrays].filter(([name]) => !used.includes(name) && !inputs.includes(name))
  failIfAny(faults.map((fault, i) => problem('data/array', { fault }, { file, notes: i === 0 ? namedArrays(graph, arrays, free) : [] })))
  if (unused.length > 0) note(`${file}: nothing is taken from ${unused.join(', ')}`)
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
): { readonly faults: readonly string[]; readonly unused: readonly string[] } {
  const missing = known.filter((name) => !found.includes(name))
  const used = new Set(chosen.map(({ name }) => name))
  const without = chosen.filter(({ name }) => name === undefined).map(({ target }) => target)
  const unknown = found.filter((name) => !known.includes(name) && !used.has(name))
  // a name that was asked for may be the one that is misspelt
  const wanted = [...missing, ...without.flatMap((target) => (target.from === undefined ? choicesOf(target, known) : []))]
  const has = found.length === 0 ? 'it has no arrays' : `it has ${found.join(', ')}`
  const isMissing = missing.length + without.length > 0
  const rivalOf = (name: string) => chosen.find(({ target }) => choicesOf(target, known).includes(name))
  const faultOf = (name: string): string => {
    const rival = rivalOf(name)
    if (!rival) return `${model} has no use for the array ${name}${suggestion(name, wanted)}`
    const { output } = rival.target
    return `${rival.name} and ${name} may both say what ${output} should be: say which with --target ${output}:${rival.name} or --target ${output}:${name}`
  }
  const faulty = unknown.filter((name) => isMissing || rivalOf(name))
  return {
    faults: [
      ...missing.map((name) => `the array ${name} for the input of that name is missing${suggestion(name, unknown)}: ${has}`),
      ...without.map((target) => `an array ${choicesOf(target, known).join(' or ')} with what ${target.output} should be is missing${target.from === undefined ? '' : suggestion(target.from, unknown)}: ${has}`),
      ...faulty.map(faultOf),
    ],
    unused: unknown.filter((name) => !faulty.includes(name)),
  }
}

/** How arrays get names, where the only input has none, and which may be meant for it. */
function namedArrays({ inputs }: Graph, arrays: ReadonlyMap<string, TensorData | TextData>, free: readonly (readonly [string, TensorData | TextData])[]): readonly string[] {
  const [input, ...others] = inputs
  if (!input || others.length > 0 || arrays.size === 0 || arrays.has(input.name)) return []
  const { name, type: { shape } } = input
  const extents = shape.map(({ dim }) => (typeof dim === 'number' ? dim : undefined))
  const fitting = free.filter(([, array]) => !('texts' in array) && fitsAsItStands(array.shape, extents))
  const [only, ...more] = fitting.map(([each]) => each)
  const isClear = only !== undefined && more.length === 0
  return [`numpy.savez(file, ${name}=${isClear ? only : '...'}, labels=...) gives arrays their names${isClear ? `; ${only} has the shape of the input ${name}` : ''}`]
}
