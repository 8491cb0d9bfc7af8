import { printShape } from '../../compiler/dim/print.ts'
import type { Graph, InputNode } from '../../compiler/graph/graph.ts'
import { Failure, failIfAny, problem, type Problem } from '../failure/failure.ts'
import { readBytes } from '../files/read-file.ts'
import { sizeOf } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { arrayDataset, type ArrayTarget } from './array-dataset.ts'
import { classProblems } from './class-problems.ts'
import { knownLabels } from './known-labels.ts'
import { readCsvSamples } from './csv-samples.ts'
import type { DatasetOptions, OpenedDataset } from './opened-dataset.ts'
import { singleInput } from './single-input.ts'
import { sortClassNames } from './sort-class-names.ts'

/**
 * The rows of a CSV file whose first line names the columns: the column `label`, or the last one, says what the model should
 * answer, the others in their order are the elements of the only input, row by row. Labels that are not all numbers name classes.
 */
export async function openCsv(file: string, graph: Graph, { targets, note }: DatasetOptions): Promise<OpenedDataset> {
  const input = singleInput(graph, file)
  const shape = fixedShape(input, file)
  const wanted = { size: sizeOf(shape), input: `${input.name} ${printShape(input.type.shape)}` }
  const { samples, labels, labelName, isNamed } = readCsvSamples(await readBytes(file), file, wanted)
  if (!isNamed) note(`${file}: no column is called label, so the last one, ${labelName}, is taken for it`)
  const numbers = labels.map(Number)
  // NaN is a number that is missing, not the name of a class
  const isNumeric = labels.every((label, row) => !Number.isNaN(numbers[row]!) || /^[+-]?nan$/i.test(label))
  const names = isNumeric ? undefined : sortClassNames(labels)
  const own = { shape: [labels.length, ...shape], values: samples }
  const answered = targets.map((target): ArrayTarget => {
    if (target.from === input.name) return { target, name: input.name, data: own }
    if (target.from !== undefined && target.from !== labelName) throw new Failure([noColumn(target.from, labelName, file)])
    if (!names) return { target, name: labelName, data: { shape: [labels.length], values: Float32Array.from(numbers) } }
    const classes = target.classes ?? names
    const label = knownLabels(names, classes, file)
    failIfAny(classProblems(classes, graph, target.output, file))
    const values = Float32Array.from(labels, (name) => label.get(name)!)
    return { target: { ...target, classes }, name: labelName, data: { shape: [labels.length], values } }
  })
  return arrayDataset({ inputs: { [input.name]: own }, targets: answered }, graph, file)
}

const noColumn = (name: string, label: string, file: string): Problem =>
  problem('data/csv', { reason: `no column of labels is called ${name}; that is ${label}` }, { file })

function fixedShape({ name, type: { shape } }: InputNode, file: string): readonly number[] {
  const extents = shape.map(({ dim }) => dim).filter((dim) => typeof dim === 'number')
  if (extents.length === shape.length) return extents
  const reason = `its rows have no shape, and the input ${name} ${printShape(shape)} has no fixed size; give a .npz file`
  throw new Failure([problem('data/source', { reason }, { file })])
}
