import { metadataTexts, parseMetadata, standardGrey, type Metadata } from '../../codegen/tfjs/runtime/metadata.ts'
import { writeSafetensors } from '../../codegen/tfjs/runtime/safetensors.ts'
import { printShape } from '../../compiler/dim/print.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { parseNormalization } from '../../runtime/data/normalize.ts'
import { failIfAny } from '../../runtime/failure/failure.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import { writeAtomically } from '../../runtime/files/write-file.ts'
import { readSafetensorsMetadata } from '../../runtime/weights/safetensors-header.ts'
import { readSafetensors } from '../../runtime/weights/safetensors.ts'
import { checkWeights } from '../../runtime/weights/weights.ts'
import { UsageError } from '../exit/exit.ts'
import { misfits } from '../files/described-by.ts'
import { metadataText } from '../files/input-rules.ts'
import { openModelText, openSession } from '../files/open-model.ts'
import { originOf } from '../files/origin-of.ts'
import { readSource } from '../files/read-source.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { outputOf } from '../options/output-of.ts'

interface DescribeOptions extends CommonOptions {
  readonly output: string
  readonly target?: string
  readonly classes?: string
  readonly probabilities?: NonNullable<Metadata['probabilities']>
  readonly normalize?: string
  /** Whether a picture of another size is resized or refused; undefined where nothing is to be said of pictures. */
  readonly resize?: boolean
}

/** Writes weights with what is known of their classes and inputs, for weights that no training of fmw has described. */
export async function describeWeights(file: string, text: string, options: DescribeOptions): Promise<void> {
  const session = await openSession(options)
  const { graph, text: source } = openModelText(text, session)
  const bytes = await readBytes(file)
  const tensors = readSafetensors(bytes, file)
  failIfAny(checkWeights(weightsOf(graph), tensors, file))
  const texts = readSafetensorsMetadata(bytes)
  const name = answerOf(graph, options.target ?? texts['output'])
  const described = { ...originOf(graph, source), output: name, ...said(graph, options) }
  const merged = { ...texts, ...metadataTexts(described) }
  const { metadata, faults } = parseMetadata(merged)
  const wrong = metadata ? misfits(metadata, graph) : faults
  if (!metadata || wrong.length > 0) throw new UsageError(wrong.map((fault) => `${file}: with these options ${fault}`).join('\n'))
  await writeAtomically(options.output, writeSafetensors(tensors, merged))
  session.terminal.note(`wrote ${options.output}: ${metadataText(metadata)}`)
}

/** The output that is described: the named one, or the only one. */
function answerOf(graph: Graph, named: string | undefined): string {
  if (named !== undefined) return outputOf(graph, named).name
  const [only, ...others] = graph.outputs.map(({ name }) => name)
  if (only !== undefined && others.length === 0) return only
  throw new UsageError(`${graph.name} has several outputs: choose with --target ${[only, ...others].join(' or --target ')}`)
}

/** What the options say; what they leave out stays as it is. */
function said(graph: Graph, { classes, probabilities, normalize, resize }: DescribeOptions): Partial<Metadata> {
  return {
    ...(classes !== undefined && { classes: namesOf(classes) }),
    ...(probabilities && { probabilities }),
    ...(normalize !== undefined && { normalize: parseNormalization(normalize) }),
    ...(resize !== undefined && {
      picture: { size: pictureSize(graph), resize: resize ? 'bilinear-antialias' : 'none', grey: standardGrey, alpha: 'white' },
    }),
  }
}

/** Names separated by commas, or those of a `.txt` file, each on a line. */
function namesOf(text: string): readonly string[] {
  if (!text.endsWith('.txt')) return text.split(',').map((name) => name.trim())
  return readSource(text).text.trimEnd().split(/\r?\n/)
}

function pictureSize({ name, inputs }: Graph): readonly [number, number] {
  const [height, width] = inputs[0]?.type.shape.map(({ dim }) => dim) ?? []
  if (inputs.length === 1 && inputs[0]!.type.shape.length === 3 && typeof height === 'number' && typeof width === 'number')
    return [height, width]
  const given = inputs.map((input) => `${input.name} ${printShape(input.type.shape)}`).join(', ')
  throw new UsageError(`--resize and --no-resize are for a model whose one input is a picture of a fixed size, and ${name} has ${given}`)
}
