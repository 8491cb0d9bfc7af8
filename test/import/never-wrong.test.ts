import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { layoutsOf, shapeIn } from '../../src/runtime/weights/import/layouts.ts'
import { planImport } from '../../src/runtime/weights/import/plan-import.ts'
import { weightUses } from '../../src/runtime/weights/import/weight-uses.ts'

const s = suite('weights import: never wrong')

const networks = ['examples/resnet50', 'examples/mobilenet-v2', 'examples/se-resnet50', 'examples/unet', ...['densenet121', 'googlenet', 'inception-v3', 'convnext-t', 'shufflenet-v2', 'repvgg-a0', 'efficientnet', 'vision-transformer', 'hrnet-w32'].map((name) => `test/networks/${name}`)]

const words: ReadonlyMap<string, string> = new Map([['kernel', 'weight'], ['scale', 'weight'], ['offset', 'bias'], ['mean', 'running_mean'], ['variance', 'running_var']])

/** The weights of a model as PyTorch would keep them, in layers of names that a function gives by their number and path, with which each is. */
function asInTorch(graph: Graph, nameOf: (count: number, path: readonly string[], isNorm: boolean) => string) {
  const uses = weightUses(graph)
  const layers = new Map<string, string>()
  const tensors = uses.map((use) => {
    const { weight, readers, role, shape } = use
    const norm = readers.find(({ op }) => op === 'batch_norm')
    const path = weight.segments.slice(0, -1)
    const key = [weight.scope, norm?.id ?? '', ...path].join('/')
    const layer = layers.get(key) ?? nameOf(layers.size, path, norm !== undefined)
    layers.set(key, layer)
    const [layout = 'same'] = layoutsOf(use, 'torch')
    return { path: weight.path, tensor: { name: `${layer}.${words.get(role) ?? role}`, dtype: 'F32', shape: shapeIn(layout, shape), values: () => undefined } }
  })
  return { uses, tensors }
}

for (const network of networks)
  s(`${network}: under other names or the same, in order or sorted, each tensor is its weight or none`, () => {
    const file = `${network}.fmw`
    const [graph] = compile(file, readFileSync(file, 'utf8'), nodeHost, { set: {}, rules: {} }).graphs
    assert.ok(graph)
    for (const style of ['numbered', 'same'] as const) {
      const { uses, tensors } = asInTorch(graph, (count, path, isNorm) => (style === 'numbered' ? `features.${count}` : [...path, ...(isNorm ? ['bn'] : [])].join('.')))
      const truth = new Map(tensors.map(({ tensor, path }) => [tensor.name, path]))
      assert.is(truth.size, uses.length)
      for (const ordered of [true, false]) {
        const listed = tensors.map(({ tensor }) => tensor)
        const inFile = ordered ? listed : listed.toSorted((a, b) => (a.name < b.name ? -1 : 1))
        const { pairs } = planImport({ format: 'npz', tensors: inFile, ordered, texts: {} }, graph, uses, { convention: 'torch', map: { pairs: [], parts: [] } })
        assert.equal(pairs.filter(({ tensor, use }) => truth.get(tensor.name) !== use.weight.path), [])
        // numbers say all that an order does
        if (ordered || style === 'numbered') assert.is(pairs.length, uses.length, `${style}, ${ordered}`)
        else assert.ok(pairs.length > 0.9 * uses.length, `${pairs.length} of ${uses.length}`)
      }
    }
  })

s.run()
