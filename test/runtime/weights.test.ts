import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import type { WeightNode } from '../../src/compiler/graph/graph.ts'
import { checkWeights, fitWeights, readWeightFiles, type WeightSource } from '../../src/runtime/weights/weights.ts'
import { problemsOf, reported } from './problems-of.ts'
import { inTemporaryFolder } from './temporary-folder.ts'
import { weightNode } from './weight-node.ts'

const s = suite('weights of a model')

const loadWeights = async (sources: readonly WeightSource[], weights: readonly WeightNode[]) =>
  fitWeights(await readWeightFiles(sources), weights, true)

const loadSomeWeights = async (sources: readonly WeightSource[], weights: readonly WeightNode[]) =>
  fitWeights(await readWeightFiles(sources), weights, false)

const zeros = (...shape: readonly number[]): TensorData => ({
  shape,
  values: new Float32Array(shape.reduce((n, extent) => n * extent, 1)),
})

const model = [
  weightNode('stem/conv/kernel', [3, 3, 1, 8]),
  weightNode('stem/conv/bias', [8]),
  weightNode('head/dense/kernel', [8, 10]),
  weightNode('gate/scale', []),
]

s('a file with exactly the weights of the model is accepted', () => {
  const tensors = new Map(model.map(({ path, type }) => [path, zeros(...type.shape.map(({ dim }) => Number(dim)))]))
  assert.equal(checkWeights(model, tensors, 'w.safetensors'), [])
})

s('every missing, unexpected and wrongly shaped name is listed at once, with the names that were meant', () => {
  const tensors = new Map([
    ['stem/conv/kernel', zeros(8, 1, 3, 3)],
    ['stem/convolution/bias', zeros(8)],
    ['head/dense/kernal', zeros(8, 10)],
    ['gate/scale', zeros()],
    ['optimizer/steps', zeros(1)],
  ])
  const problems = checkWeights(model, tensors, 'old.safetensors')
  assert.ok(problems.every(({ file }) => file === 'old.safetensors'))
  assert.equal(
    problems.map(({ message, notes }) => [message, ...(notes ?? [])]),
    [
      ['the weight stem/conv/kernel is [3, 3, 1, 8] in the model and [8, 1, 3, 3] in the file'],
      ['the weight stem/conv/bias [8] of the model is not in the file', 'did you mean stem/convolution/bias?'],
      ['the weight head/dense/kernel [8, 10] of the model is not in the file', 'did you mean head/dense/kernal?'],
      ['the file has a tensor stem/convolution/bias [8], which is no weight of the model', 'did you mean stem/conv/bias?'],
      ['the file has a tensor head/dense/kernal [8, 10], which is no weight of the model', 'did you mean head/dense/kernel?'],
      ['the file has a tensor optimizer/steps [1], which is no weight of the model'],
    ],
  )
})

s('weights that have moved are one problem, which says which of the file each is and how to rename them', () => {
  const paths = Array.from({ length: 20 }, (_, i) => `${i}/conv/kernel`)
  const weights = [...paths.map((path) => weightNode(`stages/${path}`, [3])), weightNode('top/bias', [2])]
  const tensors = new Map([...paths.map((path) => [`layers/${path}`, zeros(3)] as const), ['other', zeros(5)] as const])
  const [moved, ...others] = checkWeights(weights, tensors, 'best.safetensors')
  assert.equal([moved!.code, moved!.message], ['weights/renamed', '20 weights of the model have other names in the file'])
  assert.equal(moved!.notes!.slice(0, 2), ['stages/0/conv/kernel is called layers/0/conv/kernel there', 'stages/1/conv/kernel is called layers/1/conv/kernel there'])
  assert.equal(moved!.notes!.slice(-2), [
    'and 14 more, which fmw weights diff best.safetensors <model>.fmw lists',
    'fmw weights rename best.safetensors <old>.fmw <model>.fmw -o <new>.safetensors gives them their names; <old>.fmw is the text they were trained for',
  ])
  assert.equal(others.map(({ code }) => code), ['weights/missing', 'weights/unexpected'])
})

s('a file of which no name agrees is one problem, which shows how both begin', () => {
  const weights = [1, 2, 3, 4, 5].map((i) => weightNode(`conv${i}/kernel`, [3, i]))
  const tensors = new Map([1, 2, 3, 4].map((i) => [`features.${i}.weight`, zeros(i, 3)] as const))
  const [foreign, ...others] = checkWeights(weights, tensors, 'torch.safetensors')
  assert.equal(others, [])
  assert.equal([foreign!.code, foreign!.message], ['weights/foreign', 'none of the 4 tensors in the file has the name of a weight of the model'])
  assert.equal(foreign!.notes, [
    'the model has conv1/kernel [3, 1], conv2/kernel [3, 2], conv3/kernel [3, 3] and 2 more',
    'the file has features.1.weight [1, 3], features.2.weight [2, 3], features.3.weight [3, 3] and 1 more',
    'fmw weights diff torch.safetensors <model>.fmw lists all of them',
  ])
  const one = checkWeights(weights, new Map([...tensors, ['conv1/kernel', zeros(3, 1)]]), 'torch.safetensors')
  assert.equal(one.map(({ code }) => code), [...Array(4).fill('weights/missing'), ...Array(4).fill('weights/unexpected')])
})

s('a similar name of another shape is not proposed', () => {
  const [problem] = checkWeights([weightNode('a/kernel', [2])], new Map([['a/kernels', zeros(3)]]), 'w')
  assert.equal(problem?.notes, [])
})

s('a file of another model with thousands of names is compared in no time', () => {
  const weights = Array.from({ length: 3000 }, (_, i) => weightNode(`stage/${i}/conv/kernel`, [1]))
  const others = Array.from({ length: 3000 }, (_, i) => [`layers.${i}.0.conv.weight`, zeros(1)] as const)
  const tensors = new Map([...others, ['stage/0/conv/kernel', zeros(1)]])
  const start = performance.now()
  assert.is(checkWeights(weights, tensors, 'w').length, 5999)
  assert.ok(performance.now() - start < 5000)
})

s('weights are loaded from a file, or everything wrong with it is reported', async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, 'w.safetensors')
    await writeFile(path, writeSafetensors(new Map([['a', { shape: [2], values: Float32Array.from([1, 2]) }]])))
    const loaded = await loadWeights([{ file: path }], [weightNode('a', [2])])
    assert.equal([...loaded.get('a')!.values], [1, 2])
    assert.equal(await reported(() => loadWeights([{ file: path }], [weightNode('a', [1, 2]), weightNode('b', [])])), [
      'weights/shape: the weight a is [1, 2] in the model and [2] in the file',
      'weights/missing: the weight b [] of the model is not in the file',
    ])
    assert.equal(await reported(() => loadWeights([{ file: join(folder, 'none') }], [])), [
      'input/unreadable: the file cannot be read: there is no such file or folder',
    ])
    assert.equal(await reported(() => loadWeights([{ file: folder }], [])), [
      'input/unreadable: the file cannot be read: it is a folder',
    ])
  })
})

const joined = [
  weightNode('left/conv/kernel', [2]),
  weightNode('left/conv/bias', [1]),
  weightNode('right/conv/kernel', [2]),
  weightNode('mix', [1]),
]

/** Writes files of these tensors, named by their shapes, and gives their paths. */
async function written(
  folder: string,
  files: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>,
): Promise<(name: string) => string> {
  for (const [name, tensors] of Object.entries(files)) {
    const data = Object.entries(tensors).map(
      ([path, values]) => [path, { shape: [values.length], values: Float32Array.from(values) }] as const,
    )
    await writeFile(join(folder, name), writeSafetensors(new Map(data)))
  }
  return (name) => join(folder, name)
}

s('files for scopes are put under them, and one without a scope gives the rest', () =>
  inTemporaryFolder(async (folder) => {
    const at = await written(folder, {
      a: { 'conv/kernel': [1, 2], 'conv/bias': [3] },
      b: { 'conv/kernel': [4, 5] },
      c: { mix: [6] },
    })
    const loaded = await loadWeights(
      [{ prefix: 'left', file: at('a') }, { prefix: 'right', file: at('b') }, { file: at('c') }],
      joined,
    )
    assert.equal(
      [...loaded].map(([path, { values }]) => [path, ...values]),
      [['left/conv/kernel', 1, 2], ['left/conv/bias', 3], ['right/conv/kernel', 4, 5], ['mix', 6]],
    )
  }))

s('where the rest may be missing, it is; what a file has must fit all the same', () =>
  inTemporaryFolder(async (folder) => {
    const at = await written(folder, { a: { 'conv/kernel': [1, 2] }, wrong: { 'conv/kernel': [1, 2, 3], 'conv/bais': [1] } })
    assert.equal([...(await loadSomeWeights([{ prefix: 'left', file: at('a') }], joined)).keys()], ['left/conv/kernel'])
    assert.equal(await reported(() => loadSomeWeights([{ prefix: 'left', file: at('wrong') }], joined)), [
      'weights/shape: the weight left/conv/kernel is [2] in the model and [3] in the file',
      'weights/unexpected: the file has a tensor conv/bais [1], which is no weight of the model',
    ])
  }))

s('a weight that is missing is said of the file for its scope, or of none', () =>
  inTemporaryFolder(async (folder) => {
    const at = await written(folder, { a: { 'conv/kernel': [1, 2], 'conv/bais': [1] }, b: { 'conv/kernel': [4, 5] } })
    const sources = [{ prefix: 'left', file: at('a') }, { prefix: 'right', file: at('b') }]
    const found = await problemsOf(() => loadWeights(sources, joined))
    assert.equal(
      found.map(({ message, file, notes }) => [file, message, ...(notes ?? [])]),
      [
        [at('a'), 'the weight left/conv/bias [1] of the model is not in the file', 'did you mean conv/bais?'],
        [at('a'), 'the file has a tensor conv/bais [1], which is no weight of the model', 'did you mean conv/bias?'],
        [undefined, 'no file gives the weight mix [1] of the model'],
      ],
    )
  }))

s('a scope that the model does not have, and every weight that is given twice, is reported', () =>
  inTemporaryFolder(async (folder) => {
    const at = await written(folder, {
      a: { 'conv/kernel': [1, 2], 'conv/bias': [3] },
      all: { 'left/conv/kernel': [1, 2], mix: [1] },
      b: { 'conv/kernel': [4, 5] },
    })
    const found = await problemsOf(() =>
      loadSomeWeights(
        [
          { prefix: 'lefft', file: at('a') },
          { prefix: 'middle', file: at('b') },
          { file: at('all') },
          { prefix: 'left', file: at('b') },
        ],
        joined,
      ),
    )
    assert.equal(
      found.map(({ message, notes }) => [message, ...(notes ?? [])]),
      [
        ['the model has no weights under lefft', 'did you mean left?'],
        ['the model has no weights under middle', 'its outermost scopes are left, right'],
        [`the weight left/conv/kernel is given twice: by ${at('all')} and by ${at('b')}`],
      ],
    )
  }))

s('a scope is whole segments of a path', () =>
  inTemporaryFolder(async (folder) => {
    const at = await written(folder, { a: { 'conv/kernel': [1, 2] } })
    assert.equal(await reported(() => loadSomeWeights([{ prefix: 'lef', file: at('a') }], joined)), [
      'weights/prefix: the model has no weights under lef',
    ])
  }))

s.run()
