import { PNG } from 'pngjs'
import { Buffer } from 'node:buffer'
import { zipSync } from 'fflate'
import path from 'node:path'
import * as assert from 'uvu/assert'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { openDataset } from '../../src/runtime/data/open-dataset.ts'
import type { DatasetOptions, OpenedDataset, OpenedTarget } from '../../src/runtime/data/opened-dataset.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { sizeOf, type TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { graphOf } from '../compile-text.ts'
import { withFiles, type Files } from '../cli/folder.ts'
import { problemsOf } from '../runtime/problems-of.ts'

/** A model that tells three classes of 2x3 grey pictures apart. */
export const three = graphOf('model Three {\n  input image: [2, 3, 1]\n  output logits = image |> flatten |> dense(3)\n}')

/** A model of two inputs and one value. */
export const sum = graphOf(
  'model Sum {\n  input a: [2]\n  input b: [H, W, 1]\n  output y = concatenate(a, b |> reduce.mean(axis: [0, 1]), axis: 0) |> dense(1)\n}',
)

export interface Opening extends Partial<DatasetOptions> {
  readonly data: string
  readonly labels?: string
}

const open = (graph: Graph, { data, labels, ...options }: Opening): Promise<OpenedDataset> =>
  openDataset(labels === undefined ? { data } : { data, labels }, graph, {
    targets: [{ output: graph.outputs[0]!.name }],
    resize: false,
    note: () => {},
    ...options,
  })

/** Opens a dataset among these files and runs a function with it. */
export const opened = (files: Files, graph: Graph, opening: Opening, run: (dataset: OpenedDataset) => unknown): Promise<void> =>
  withFiles(files, async (folder) => {
    await run(await open(graph, within(folder, opening)))
  })

/** The targets of the only output that a dataset is opened for. */
export function answers({ targets }: OpenedDataset): OpenedTarget {
  const [only, ...others] = Object.values(targets)
  assert.is(others.length, 0)
  return only!
}

/** What is reported for a dataset among these files, with its notes, and the folder itself left out of all texts. */
export async function complaints(files: Files, graph: Graph, opening: Opening): Promise<readonly string[]> {
  let found: readonly string[] = []
  await withFiles(files, async (folder) => {
    const problems = await problemsOf(() => open(graph, within(folder, opening)))
    const lines = problems.flatMap(({ code, message, file, notes }) => [
      `${code}: ${file === undefined ? '' : `${file}: `}${message}`,
      ...(notes ?? []).map((note) => `= ${note}`),
    ])
    found = lines.map((line) => line.replaceAll(`${folder}${path.sep}`, ''))
  })
  return found
}

const within = (folder: string, { data, labels, ...options }: Opening): Opening => ({
  data: path.join(folder, data),
  ...(labels !== undefined && { labels: path.join(folder, labels) }),
  ...options,
})

/** A grey PNG, its pixels row by row. */
export function greyPng(height: number, width: number, pixels: readonly number[]): Uint8Array {
  const png = new PNG({ width, height })
  png.data = Buffer.from(Array.from({ length: height * width }, (_, i) => [pixels[i]!, pixels[i]!, pixels[i]!, 255]).flat())
  return PNG.sync.write(png, { colorType: 0 })
}

export const array = (shape: readonly number[], values: ArrayLike<number>): TensorData => ({
  shape,
  values: Float32Array.from(values),
})

/** 0, 1, 2, ... */
export const counting = (shape: readonly number[]): TensorData => array(shape, Array.from({ length: sizeOf(shape) }, (_, i) => i))

export const npz = (arrays: Readonly<Record<string, TensorData>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, data]) => [`${name}.npy`, writeNpy(data)])))
