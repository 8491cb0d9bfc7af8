import { shapeText } from '../../../codegen/tfjs/runtime/tensor-data.ts'
import { pathText } from '../../../compiler/graph/path.ts'
import { operands, type Graph, type Node } from '../../../compiler/graph/graph.ts'
import { problem, type Problem } from '../../failure/failure.ts'
import { programOf, type Convention } from './convention.ts'
import { isCounter } from './file-layers.ts'
import type { ForeignFile, ForeignTensor } from './foreign-file.ts'
import { fitsLayout, layoutsOf } from './layouts.ts'
import type { ImportPlan } from './plan-import.ts'
import { unevenPaddings } from './paddings.ts'
import { exact, precisionOf } from './precision.ts'
import type { WeightUse } from './weight-uses.ts'

const tensorText = ({ name, shape }: ForeignTensor): string => `${name} ${shapeText(shape)}`

const useText = ({ weight, shape }: WeightUse): string => `${weight.path} ${shapeText(shape)}`

/** So many of a list are named. */
const mostNamed = 6

function listed(texts: readonly string[], and: string): string {
  if (texts.length > mostNamed) return `${texts.slice(0, mostNamed).join(', ')} ${and} ${texts.length - mostNamed} more`
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} ${and} ${texts.at(-1)}`
}

/** Everything that keeps the weights of a plan from being written. */
export function problemsOf({ misfits, choices, lost, lacking, missing, unexpected }: ImportPlan, file: string, convention: Convention): readonly Problem[] {
  return [
    ...misfits.map(({ tensor, use }) => {
      const { weight, shape } = use
      const [other] = layoutsOf(use, convention).slice(1).filter((layout) => fitsLayout(layout, tensor.shape, use))
      const notes = [
        `the file calls it ${tensor.name}`,
        ...(other === undefined
          ? [`where it is meant to be another, --skip '${weight.path}' --skip '${tensor.name}' leaves both out`]
          : [`as ${other} it fits: --layout says whose layouts the file has, a line of a map how it has this one`]),
      ]
      return problem('weights/shape', { weight: weight.path, expected: shapeText(shape), actual: shapeText(tensor.shape) }, { file, notes })
    }),
    ...choices.map(({ tensors, uses, example }) => {
      const line = example ? [`a line of a map decides, such as: ${example.tensor.name} -> ${example.use.weight.path}`] : []
      const facts = { tensors: listed(tensors.map(tensorText), 'and'), weights: listed(uses.map(useText), 'or') }
      return problem('weights/ambiguous', facts, { file, notes: [...line, '--save-map names.map writes what is found, --map names.map takes it'] })
    }),
    ...lost.map(({ tensor, layout, use: { weight, lost: op = '' } }) =>
      problem('weights/flattened', { weight: weight.path, op }, { file, notes: [unflattened, `a line of a map decides: ${tensor.name} -> ${weight.path} ${layout}`] }),
    ),
    ...missing.map((use) => {
      const { weight, shape, role } = use
      const layer = lacking.find(({ to }) => to.uses.get(role)?.weight === weight)
      const notes = [
        ...(layer ? [`the file has the layer, as ${layer.from.path.join('.')}, without it${role === 'bias' ? ': bias: false in the text leaves it out' : ''}`] : []),
        `--skip '${weight.path}' leaves it out, and fmw train begins with a fresh one`,
      ]
      return problem('weights/missing', { weight: weight.path, shape: shapeText(shape) }, { file, notes })
    }),
    ...unexpected.map((tensor) => {
      const { name, shape } = tensor
      const layer = lacking.find(({ from }) => [...from.tensors.values()].includes(tensor))
      const notes = [
        ...(layer ? [`the model has the layer, as ${pathText(layer.to.path)}, without it${layer.from.tensors.get('bias') === tensor ? ': bias: true in the text gives it one' : ''}`] : []),
        `--skip '${name}' leaves it out`,
      ]
      return problem('weights/unexpected', { weight: name, shape: shapeText(shape) }, { file, notes })
    }),
  ]
}

/** What was told from others by its order alone and is read by none of the outputs that are proved. */
export function unprovenOrder({ pairs }: ImportPlan, { outputs }: Graph, proved: ReadonlySet<string>, file: string): readonly Problem[] {
  const read = new Set<Node>()
  const open = outputs.flatMap(({ name, node }) => (proved.has(name) ? [node] : []))
  for (let node = open.pop(); node; node = open.pop()) {
    if (read.has(node)) continue
    read.add(node)
    open.push(...operands(node))
  }
  const left = pairs.filter(({ use, how }) => how === 'order' && !read.has(use.weight))
  if (left.length === 0) return []
  const facts = { tensors: listed(left.map(({ tensor }) => tensorText(tensor)), 'and'), weights: listed(left.map(({ use }) => useText(use)), 'or') }
  const expects = outputs.flatMap(({ name }) => (proved.has(name) ? [] : [`--expect ${name}=FILE.npy`]))
  return [problem('weights/ambiguous', facts, { file, notes: ['only their order does, and no output that is proved reads them', `${expects.join(' ')} proves them, or lines of a map decide`] })]
}

const unflattened = 'where a vector becomes a map, transpose(reshape(…, [C, H, W]), [1, 2, 0]) makes the one that PyTorch makes'

/** What a map cannot say with its pairs, for who edits it. */
export const openText = ({ misfits, choices, lost, missing, unexpected }: ImportPlan): readonly string[] => [
  ...misfits.map(({ tensor, use }) => `does not fit: ${tensorText(tensor)} -> ${useText(use)}`),
  ...choices.flatMap(({ tensors, uses }) => ['one of the other each:', ...tensors.map((tensor) => `  ${tensorText(tensor)}`), ...uses.map((use) => `  -> ${useText(use)}`)]),
  ...lost.map(({ tensor, use }) => `order unknown: ${tensorText(tensor)} -> ${useText(use)}`),
  ...missing.map((use) => `without a tensor: ${useText(use)}`),
  ...unexpected.map((tensor) => `left over: ${tensorText(tensor)}`),
]

/** What a user of a plan should know, though nothing is wrong with it. */
export function remarks({ pairs }: ImportPlan, graph: Graph, { tensors }: ForeignFile, convention: Convention, isProved: boolean): readonly string[] {
  const counters = tensors.filter(isCounter).length
  const doubles = pairs.filter(({ tensor }) => /^(?:F64|[<>=]?(?:f8|d))$/.test(tensor.dtype)).length
  const { name, allowed } = precisionOf(pairs.map(({ tensor }) => tensor))
  const square = pairs.filter(({ tensor, use, layout }) => layout !== 'same' && fitsLayout('same', tensor.shape, use) && use.shape.length > 1)
  const byOrder = pairs.filter(({ how }) => how === 'order').length
  return [
    ...(counters > 0 ? [`left out, since they compute nothing: ${counters} of num_batches_tracked and the like`] : []),
    ...(doubles > 0 ? [`rounded from 64 bits to 32: ${doubles} of its tensors`] : []),
    ...(name === undefined ? [] : [`its numbers have ${name}: a proof allows a difference of ${allowed}, where 32 bits would allow ${exact.allowed}`]),
    ...(square.length > 0 ? [`their shapes fit both ways, and they are read as ${programOf[convention]} keeps them: ${listed(square.map(({ tensor }) => tensorText(tensor)), 'and')}`] : []),
    ...(byOrder > 0 ? [`told from others of their shape by their order alone: ${byOrder} of the weights${isProved ? '' : '; --input and --expect prove them'}`] : []),
    ...epsilons(pairs, graph, convention),
    ...(convention === 'torch' ? paddings(graph) : []),
  ]
}

/** What each program adds to a variance unless it is told otherwise. */
const usualEpsilon: Readonly<Record<Convention, number | undefined>> = { torch: 1e-5, keras: 1e-3, fmw: undefined }

function epsilons(pairs: ImportPlan['pairs'], graph: Graph, convention: Convention): readonly string[] {
  const usual = usualEpsilon[convention]
  const norms = new Set(pairs.flatMap(({ use: { role, readers } }) => (role === 'variance' ? readers : [])))
  const others = [...norms].filter(({ attributes }) => attributes['epsilon'] !== usual)
  const [first] = others
  if (usual === undefined || !first) return []
  const found = String(first.attributes['epsilon'])
  return [
    `batch normalisation has epsilon ${found} in ${graph.name}, and ${programOf[convention]}'s own is ${usual}: where the network was built with that, the text needs epsilon: ${usual}`,
  ]
}

function paddings(graph: Graph): readonly string[] {
  const uneven = unevenPaddings(graph).map(({ path }) => path)
  if (uneven.length === 0) return []
  return [`padding: same with a stride pads other sides than PyTorch, which pads all alike: ${listed(uneven, 'and')}; where the network was built with padding by half the kernel, the text needs padding: half`]
}
