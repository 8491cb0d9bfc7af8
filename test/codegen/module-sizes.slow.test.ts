import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { quantile } from '../../bench/interleave.ts'
import { moduleSizes } from '../../scripts/modules/module-size.ts'
import { pageSize } from '../../scripts/modules/page-size.ts'
import { build } from '../cli/fmw.ts'
import { published } from '../networks/published.ts'

const s = suite('how long emitted modules are')

// what models have in common is compiled when fmw is built
s.before(build)

s('ResNet-50 has at most 180 lines, and 4 kB minified', async () => {
  const [size] = await moduleSizes([{ file: 'examples/resnet50.fmw' }])
  assert.ok(size)
  assert.ok(size.lines <= 180, `${size.lines} lines`)
  assert.ok(size.kilobytes <= 4, `${size.kilobytes} kB`)
})

s('a page that loads LeNet-5 and reads a digit has at most 105 kB', async () => {
  const { kilobytes, label } = await pageSize()
  assert.is(label, '7')
  assert.ok(kilobytes <= 105, `${kilobytes} kB`)
})

s('half of the published networks have at most 200 lines, and none more than 900', async () => {
  const sizes = await moduleSizes(published.map(({ file, model }) => ({ file: `test/networks/${file}.fmw`, model })))
  const lines = sizes.map((size) => size.lines).sort((a, b) => a - b)
  assert.is(lines.length, published.length)
  assert.ok(quantile(lines, 0.5) <= 200, `median ${quantile(lines, 0.5)}`)
  assert.ok(quantile(lines, 1) <= 900, `the longest ${quantile(lines, 1)}`)
})

s.run()
