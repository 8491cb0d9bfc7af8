import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printDim } from '../src/compiler/dim/print.ts'
import { statsOf, withExtents } from '../src/compiler/facts/stats.ts'
import { verify } from '../src/compiler/ir/verify.ts'
import { compileExample, exampleFiles, modelsOf } from './example-models.ts'

const examples = suite('examples')

examples('every file is found', () => {
  assert.is(
    exampleFiles.length,
    readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.fmw')).length,
  )
})

for (const file of exampleFiles) {
  examples(`${file} has no diagnostics, and its graphs are well formed`, () => {
    const { diagnostics, graphs } = compileExample(file)
    assert.equal(diagnostics.map(({ code, message }) => `${code}: ${message}`), [])
    for (const graph of graphs) assert.equal(verify(graph), [])
  })
}

const systems = exampleFiles.filter((file) => file.startsWith('systems/'))

examples('each of the 17 systems has a file', () => {
  const numbers = systems.flatMap((file) => /^systems\/(\d\d)-/.exec(file)?.[1] ?? [])
  assert.equal(numbers, Array.from({ length: 17 }, (_, i) => String(i + 1).padStart(2, '0')))
})

for (const file of systems) {
  examples(`${file} fits on a slide and says which question it answers`, () => {
    const text = readFileSync(`examples/${file}`, 'utf8')
    assert.ok(text.split('\n').length <= 30, 'at most 30 lines')
    assert.ok(text.split('\n').every((line) => line.length <= 132), 'lines of at most 132 columns')
    assert.match(text, /^(import .*\n\n)?\/\/\/ [^?]*\?/, 'it begins with a question')
  })
}

/** Parameters (trainable, not) and multiply-adds as published; see the comments in the files. */
const published: Readonly<Record<string, readonly [number, number, number]>> = {
  'lenet5.fmw': [60_000, 0, 325_680],
  'resnet50.fmw': [25_557_032, 53_120, 4_089_184_256],
  'se-resnet50.fmw': [28_088_024, 53_120, 4_091_699_200],
  'mobilenet-v2.fmw': [3_504_872, 34_112, 300_774_272],
  'unet.fmw': [31_030_658, 0, 48_096_083_968],
}

for (const [file, [trainable, nonTrainable, macs]] of Object.entries(published)) {
  examples(`${file} has the published numbers of parameters and multiply-adds`, () => {
    const [graph] = modelsOf(file)
    const filled = withExtents(statsOf(graph!), graph!.extents.length > 0 ? { H: 256, W: 256 } : {})
    if ('problems' in filled) throw new Error(filled.problems.join())
    assert.equal(filled.stats.parameters, { trainable, nonTrainable, total: trainable + nonTrainable })
    assert.is(filled.stats.macs, macs)
  })
}

examples('each layer of LeNet-5 has the number of parameters in the paper', () => {
  const rows = statsOf(modelsOf('lenet5.fmw')[0]!).nodes
  const counted = ['c1', 's2', 'c3', 's4', 'c5', 'f6'].map((layer) =>
    rows.filter(({ name }) => name.startsWith(`${layer}/`)).reduce((sum, { parameters }) => sum + parameters, 0),
  )
  assert.equal(counted, [156, 12, 1516, 32, 48_120, 10_164])
})

examples('the multiply-adds of U-Net are a polynomial in the size of the picture', () => {
  assert.is(printDim(statsOf(modelsOf('unet.fmw')[0]!).macs), '733888*H*W')
})

examples.run()
