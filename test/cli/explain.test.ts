import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalog } from '../../src/compiler/catalog/index.ts'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { opPages } from '../../src/compiler/library/op-pages.ts'
import { Modules } from '../../src/compiler/reading/module.ts'
import { problems } from '../../src/runtime/failure/problems.ts'
import { fmw, root } from './fmw.ts'
import { mainOf } from './main-of.ts'

const s = suite('fmw explain')

const pages = opPages(new Modules(nodeHost, new Reporter()))

s('prints the page of a code: its message, what it means, an example that is reported and one that is not', async () => {
  const { code, stdout, stderr } = await fmw(['explain', 'shape/channel-mismatch'])
  assert.equal([code, stderr], [0, ''])
  const { message, help, bad, good } = catalog['shape/channel-mismatch']
  for (const part of [`error[shape/channel-mismatch]: ${message}`, help, 'This is reported:', 'This is not:'])
    assert.ok(stdout.includes(part), part)
  for (const line of [...bad.split('\n'), ...good.split('\n')]) assert.ok(stdout.includes(`    ${line}`.trimEnd()), line)
})

s('prints the page of an op: its signature, what it computes, parameters, result, weights, paper, an example', async () => {
  const { code, stdout, stderr } = await mainOf(['explain', 'weight.attention'], root)
  assert.equal([code, stderr], [0, ''])
  assert.is(stdout, `weight.attention(x: [H, W, C], ratio: int = 16, hidden: int = floor(C / ratio), activation: block = relu, gate: block = sigmoid, bias: bool = true) -> [H, W, C]

Squeeze and excitation: one weight for each channel of each sample. Implementations differ in the biases, and so in the counts of weights.

\`y = x · σ(W₂ · relu(W₁ · mean(x) + b₁) + b₂)\`

Parameters:
  x: [H, W, C]
    the map
  ratio: int = 16
    the squeeze has C / ratio units, rounded down
  hidden: int = floor(C / ratio)
    the units of the squeeze, instead of \`ratio\`
  activation: block = relu
    a block that is applied to the squeeze
  gate: block = sigmoid
    a block that makes the weights
  bias: bool = true
    whether b₁ and b₂ are there

Result: \`[H, W, C]\`

Weights:
  reduce/kernel [C, hidden]
  reduce/bias [hidden], if \`bias\`
  expand/kernel [hidden, C]
  expand/bias [C], if \`bias\`

Paper: Hu et al. 2018, Squeeze-and-Excitation Networks, section 3, equations 2 to 4 (arXiv 1709.01507)

Example:

    model Example {
      input x: [32, 32, 64]
      output y: [32, 32, 64] = x |> weight.attention(ratio: 8)
    }
`)
})

s('the name of a family lists its ops', async () => {
  const { stdout } = await mainOf(['explain', 'reduce'], root)
  assert.is(stdout, `reduce.max   The largest element over some axes, or over all
reduce.mean  The mean over some axes, or over all
reduce.min   The smallest element over some axes, or over all
reduce.sum   The sum over some axes, or over all
`)
})

s('without a name lists all, of models and of runs and the ops, one on each line', async () => {
  const { code, stdout } = await mainOf(['explain'], root)
  assert.is(code, 0)
  const listed = stdout.trimEnd().split('\n').map((line) => line.split(' ')[0])
  assert.equal(listed, [...Object.keys(catalog), ...Object.keys(problems), ...pages.keys()])
})

s('every code that can be printed has a page', async () => {
  for (const code of [...Object.keys(catalog), ...Object.keys(problems)]) {
    const page = await mainOf(['explain', code], root)
    assert.is(page.code, 0, code)
    assert.ok(page.stdout.includes(`[${code}]: `) && page.stdout.length > 200, code)
  }
})

s('--json is the page, or the list, as an object', async () => {
  const page = JSON.parse((await mainOf(['explain', 'name/unknown', '--json'], root)).stdout) as Readonly<Record<string, unknown>>
  assert.equal(page, { code: 'name/unknown', ...catalog['name/unknown'] })
  const op = JSON.parse((await mainOf(['explain', 'fuse.convex', '--json'], root)).stdout) as unknown
  assert.equal(op, pages.get('fuse.convex'))
  const list = JSON.parse((await mainOf(['explain', '--json'], root)).stdout) as readonly {
    readonly code?: string
    readonly op?: string
    readonly message: string
  }[]
  assert.is(list.length, Object.keys(catalog).length + Object.keys(problems).length + pages.size)
  assert.equal(list.find((one) => one.op === 'fuse.add'), { op: 'fuse.add', message: 'The sum of maps of one shape' })
  assert.is(list.find(({ code }) => code === 'weights/missing')?.message, problems['weights/missing'].message)
})

s('an unknown name is wrong usage, with the code or the op that was meant', async () => {
  const near = await mainOf(['explain', 'name/unkown'], root)
  assert.equal(near, { code: 2, stdout: '', stderr: 'fmw: there is no diagnostic and no op name/unkown; did you mean name/unknown?\n' })
  const far = await mainOf(['explain', 'zzz'], root)
  assert.equal(far, { code: 2, stdout: '', stderr: 'fmw: there is no diagnostic and no op zzz (fmw explain lists all)\n' })
  const op = await mainOf(['explain', 'fuse.convx'], root)
  assert.equal(op, { code: 2, stdout: '', stderr: 'fmw: there is no diagnostic and no op fuse.convx; did you mean fuse.convex?\n' })
})

s('the page of each rule of the linter says whether it is on by default, and what turns it on or off', async () => {
  const pageOf = async (code: string): Promise<string> => (await mainOf(['explain', code], root)).stdout
  assert.match(await pageOf('lint/bias-before-norm'), 'This rule is off by default; `"rules": { "lint/bias-before-norm": "warning" }` in fmw.config.json turns it on.')
  assert.match(
    await pageOf('lint/even-kernel-same'),
    'This rule is on by default; `"rules": { "lint/even-kernel-same": "off" }` in fmw.config.json turns it off, and `// fmw-allow lint/even-kernel-same: reason` allows one finding.',
  )
  assert.not.match(await pageOf('lint/unused-allow'), 'allows one finding')
  assert.not.match(await pageOf('shape/channel-mismatch'), 'by default')
})

s.run()
