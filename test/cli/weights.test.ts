import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { version } from '../../src/cli/version.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { readSafetensorsMetadata } from '../../src/runtime/weights/safetensors-header.ts'
import { fmw } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny } from './models.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('fmw weights')

/** The network of `tiny` with a label for its convolution. */
const labelled = tiny.replace('conv(classes, 3x3)', 'conv(classes, 3x3) as stem')

const trained = async (folder: string): Promise<void> => {
  assert.is((await fmw(['init', 'tiny.fmw', '-o', 'w.safetensors'], { cwd: folder })).code, 0)
}

s('ls lists the tensors of a file with their shapes, and what the file says of itself', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    await trained(folder)
    const { code, stdout, stderr } = await fmw(['weights', 'ls', 'w.safetensors'], { cwd: folder })
    assert.equal([code, stderr], [0, ''])
    assert.is(
      stdout.replaceAll(/[0-9a-f]{64}/g, 'HASH'),
      [
        'tensor         dtype  shape         numbers',
        '─────────────  ─────  ────────────  ───────',
        'x/conv/bias    F32    [4]                 4',
        'x/conv/kernel  F32    [3, 3, 3, 4]      108',
        '',
        '2 tensors, 112 numbers',
        `fmw: ${version}`,
        'model: Tiny',
        'source: HASH',
        'graph: HASH',
        'seed: 0',
        '',
      ].join('\n'),
    )
    const json = (await fmw(['weights', 'ls', 'w.safetensors', '--json'], { cwd: folder })).stdout
    assert.equal(JSON.parse(json.replaceAll(/[0-9a-f]{64}/g, 'HASH')), {
      tensors: [
        { name: 'x/conv/bias', dtype: 'F32', shape: [4] },
        { name: 'x/conv/kernel', dtype: 'F32', shape: [3, 3, 3, 4] },
      ],
      metadata: { fmw: version, model: 'Tiny', source: 'HASH', graph: 'HASH', seed: '0' },
    })
  }))

s('ls lists numbered tensors in the order of their numbers; --json keeps the order of the file', () =>
  withFiles({ 'w.safetensors': weightsFile({ 'c3/10/bias': [[1], [0]], 'c3/2/bias': [[1], [0]], 'c3/2/a': [[1], [0]] }) }, async (folder) => {
    const { stdout } = await mainOf(['weights', 'ls', 'w.safetensors'], folder)
    assert.equal([...stdout.matchAll(/^c3\/\S+/gm)].map(([name]) => name), ['c3/2/a', 'c3/2/bias', 'c3/10/bias'])
    const { tensors } = JSON.parse((await mainOf(['weights', 'ls', 'w.safetensors', '--json'], folder)).stdout)
    assert.equal(tensors.map(({ name }: { readonly name: string }) => name), ['c3/10/bias', 'c3/2/bias', 'c3/2/a'])
  }))

s('rename gives the weights of one version of a text the names of another, and keeps their values', () =>
  withFiles({ 'tiny.fmw': tiny, 'new.fmw': labelled }, async (folder) => {
    await trained(folder)
    const { code, stdout, stderr } = await fmw(['weights', 'rename', 'w.safetensors', 'tiny.fmw', 'new.fmw', '-o', 'r.safetensors'], { cwd: folder })
    assert.equal([code, stderr], [0, 'wrote r.safetensors: 2 weights of Tiny\n'])
    assert.match(stdout, 'x/conv/kernel  stem/kernel\n')
    assert.match(stdout, '0 of equal names, 2 renamed, 0 missing, 0 unexpected\n')
    const bytes = async (file: string): Promise<Uint8Array> => readFile(path.join(folder, file))
    const [before, after] = [readSafetensors(await bytes('w.safetensors'), 'w'), readSafetensors(await bytes('r.safetensors'), 'r')]
    assert.equal([...after.keys()], ['stem/bias', 'stem/kernel'])
    assert.equal(after.get('stem/kernel'), before.get('x/conv/kernel'))
    assert.is(readSafetensorsMetadata(await bytes('r.safetensors'))['seed'], '0')
  }))

/** Two convolutions of as many filters, which differ in what they take. */
const twoLayers = (first: string, second: string): string =>
  `model M {
  input x: [8, 8, 3]
  output ${first}y = x |> conv(8, 3x3) as ${first}
  output ${second}y = ${first}y |> conv(8, 3x3) as ${second}
}
`

const all = (shape: readonly number[], value: number): [readonly number[], readonly number[]] => [
  shape,
  Array.from({ length: shape.reduce((a, b) => a * b) }, () => value),
]

const ofTwoLayers = weightsFile({
  'a/kernel': all([3, 3, 3, 8], 1),
  'a/bias': all([8], 2),
  'b/kernel': all([3, 3, 8, 8], 3),
  'b/bias': all([8], 4),
})

s('rename gives layers whose labels were exchanged their biases too, which have one shape', () =>
  withFiles({ 'old.fmw': twoLayers('a', 'b'), 'new.fmw': twoLayers('b', 'a'), 'w.safetensors': ofTwoLayers }, async (folder) => {
    const { code, stderr } = await mainOf(['weights', 'rename', 'w.safetensors', 'old.fmw', 'new.fmw', '-o', 'r.safetensors'], folder)
    assert.is(code, 0, stderr)
    const renamed = readSafetensors(await readFile(path.join(folder, 'r.safetensors')), 'r')
    const firsts = Object.fromEntries([...renamed].map(([name, { values }]) => [name, values[0]]))
    assert.equal(firsts, { 'b/kernel': 1, 'b/bias': 2, 'a/kernel': 3, 'a/bias': 4 })
  }))

s('rename gives what a file says of outputs their new names', () =>
  withFiles({ 'old.fmw': twoLayers('a', 'b'), 'new.fmw': twoLayers('b', 'a'), 'w.safetensors': ofTwoLayers }, async (folder) => {
    const texts = { fmw: version, output: 'ay', outputs: JSON.stringify({ by: { classes: ['no', 'yes'] } }) }
    const tensors = readSafetensors(ofTwoLayers, 'w')
    await writeFile(path.join(folder, 'w.safetensors'), writeSafetensors(tensors, texts))
    const { code, stderr } = await mainOf(['weights', 'rename', 'w.safetensors', 'old.fmw', 'new.fmw', '-o', 'r.safetensors'], folder)
    assert.is(code, 0, stderr)
    const said = readSafetensorsMetadata(await readFile(path.join(folder, 'r.safetensors')))
    assert.equal([said['output'], said['outputs']], ['by', '{"ay":{"classes":["no","yes"]}}'])
  }))

/** What `weights rename` makes of these texts: the first number of each tensor, and what is said. */
async function renamed(before: string, after: string, tensors: Uint8Array) {
  let result: { firsts: Readonly<Record<string, number>>; stdout: string; stderr: string; notes: string } | undefined
  await withFiles({ 'old.fmw': before, 'new.fmw': after, 'w.safetensors': tensors }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['weights', 'rename', 'w.safetensors', 'old.fmw', 'new.fmw', '-o', 'r.safetensors'], folder)
    assert.is(code, 0, stderr)
    const ran = await mainOf(['run', 'new.fmw', '--weights', 'r.safetensors', '--input', 'x=ones', '--backend', 'cpu'], folder)
    const values = readSafetensors(await readFile(path.join(folder, 'r.safetensors')), 'r')
    result = { firsts: Object.fromEntries([...values].map(([name, tensor]) => [name, tensor.values[0]!])), stdout, stderr, notes: ran.stderr }
  })
  return result!
}

/** As `init` writes it for this text. */
async function madeFor(text: string, tensors: Uint8Array): Promise<Uint8Array> {
  let made = tensors
  await withFiles({ 'm.fmw': text }, async (folder) => {
    assert.is((await mainOf(['init', 'm.fmw', '-o', 'w'], folder)).code, 0)
    const texts = readSafetensorsMetadata(await readFile(path.join(folder, 'w')))
    made = writeSafetensors(readSafetensors(tensors, 'w'), { ...texts, output: 'one', normalize: '{"mean":[0],"deviation":[1]}' })
  })
  return made
}

const dense = (...names: readonly string[]): Uint8Array =>
  weightsFile(Object.fromEntries(names.flatMap((name, at) => [[`${name}/kernel`, all([4, 4], 10 * at + 1)], [`${name}/bias`, all([4], 10 * at + 2)]])))

const heads = (first: string, second: string, more = ''): string =>
  `model M {\n  input x: [4]${more}\n  output one = x |> dense(4) as ${first}\n  output two = x |> dense(4) as ${second}\n}\n`

const towers = (left: string, right: string): string =>
  `block Tower(x: [N]) -> [4] { return x |> dense(4) as d }\nmodel M {\n  input x: [4]\n  l = Tower(x) as ${left}\n  r = Tower(x) as ${right}\n  output one = l - r\n}\n`

const other = /was trained with another version of M, which computes something else/

s('rename gives labels that layers of equal shapes have exchanged to where the layers stand', async () => {
  const { firsts, stdout, stderr, notes } = await renamed(heads('a', 'b'), heads('b', 'a'), await madeFor(heads('a', 'b'), dense('a', 'b')))
  assert.equal(firsts, { 'b/kernel': 1, 'b/bias': 2, 'a/kernel': 11, 'a/bias': 12 })
  assert.match(stdout, '0 of equal names, 4 renamed, 0 missing, 0 unexpected\n')
  assert.is(stderr, 'wrote r.safetensors: 4 weights of M\n')
  assert.not.match(notes, other)
  const scopes = await renamed(towers('left', 'right'), towers('right', 'left'), await madeFor(towers('left', 'right'), dense('left/d', 'right/d')))
  assert.equal(scopes.firsts, { 'right/d/kernel': 1, 'right/d/bias': 2, 'left/d/kernel': 11, 'left/d/bias': 12 })
  assert.not.match(scopes.notes, other)
})

s('rename leaves weights where they are whose statements are in another order', async () => {
  const turned = 'model M {\n  input x: [4]\n  output two = x |> dense(4) as b\n  output one = x |> dense(4) as a\n}\n'
  const { firsts, stderr, notes } = await renamed(heads('a', 'b'), turned, await madeFor(heads('a', 'b'), dense('a', 'b')))
  assert.equal(firsts, { 'a/kernel': 1, 'a/bias': 2, 'b/kernel': 11, 'b/bias': 12 })
  assert.is(stderr, 'wrote r.safetensors: 4 weights of M\n')
  assert.not.match(notes, other)
})

s('rename for a text that computes something else says in what, and the file still says which version it is of', async () => {
  const sum = (first: string, second: string): string => `model M {\n  input x: [4]\n  output one = fuse.add(x |> dense(4) |> ${first}, x |> dense(4) |> ${second})\n}\n`
  const turned = await renamed(sum('tanh', 'relu'), sum('relu', 'tanh'), await madeFor(sum('tanh', 'relu'), dense('one/dense', 'one/dense_2')))
  assert.match(turned.stderr, 'new.fmw computes something else than old.fmw: one/relu: relu instead of tanh\n')
  assert.match(turned.notes, other)
  const pooled = (pool: string, name: string): string =>
    `model M {\n  input x: [4, 4, 1]\n  output one = x |> pool.${pool}(2) |> flatten |> dense(4) as ${name}\n}\n`
  const { firsts, stderr, notes } = await renamed(pooled('max', 'a'), pooled('avg', 'b'), await madeFor(pooled('max', 'a'), dense('a')))
  assert.equal(firsts, { 'b/kernel': 1, 'b/bias': 2 })
  assert.match(stderr, 'new.fmw computes something else than old.fmw: one/pool/avg_pool: avg_pool instead of max_pool\n')
  assert.match(stderr, 'r.safetensors keeps saying which version its weights are of\n')
  assert.match(notes, other)
})

s('rename keeps saying that weights are of another text than the old one', async () => {
  const made = await madeFor(heads('a', 'b').replace('dense(4) as a', 'dense(4, activation: relu) as a'), dense('a', 'b'))
  const { stderr, notes } = await renamed(heads('a', 'b'), heads('c', 'b'), made)
  assert.match(stderr, 'w.safetensors was trained with another text than old.fmw, which computes something else\n')
  assert.match(notes, other)
})

s('rename writes nothing where the new text has a weight that the old one lacks', () =>
  withFiles({ 'tiny.fmw': tiny, 'new.fmw': labelled.replace('conv(classes', 'conv(5') }, async (folder) => {
    await trained(folder)
    const args = ['weights', 'rename', 'w.safetensors', 'tiny.fmw', 'new.fmw', '-o', 'r.safetensors']
    const { code, stdout, stderr } = await fmw(args, { cwd: folder })
    assert.equal([code, stdout], [1, ''])
    assert.match(stderr, 'stem/kernel')
    assert.equal(Object.keys(await contentOf(folder)), ['new.fmw', 'tiny.fmw', 'w.safetensors'])
  }))

s('diff compares files and texts, and says what is where', () =>
  withFiles({ 'tiny.fmw': tiny, 'new.fmw': labelled }, async (folder) => {
    await trained(folder)
    const json = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse((await fmw(['weights', 'diff', ...args, '--json'], { cwd: folder })).stdout) as unknown
    const pair = (from: string, to: string, how: string): object => ({ from, to, how })
    assert.equal(await json('w.safetensors', 'tiny.fmw'), {
      pairs: [pair('x/conv/kernel', 'x/conv/kernel', 'same'), pair('x/conv/bias', 'x/conv/bias', 'same')],
      missing: [],
      unexpected: [],
    })
    assert.equal(await json('w.safetensors', 'new.fmw'), {
      pairs: [pair('x/conv/kernel', 'stem/kernel', 'name'), pair('x/conv/bias', 'stem/bias', 'name')],
      missing: [],
      unexpected: [],
    })
    assert.equal(await json('tiny.fmw', 'new.fmw'), {
      pairs: [pair('x/conv/kernel', 'stem/kernel', 'place'), pair('x/conv/bias', 'stem/bias', 'place')],
      missing: [],
      unexpected: [],
    })
  }))

s('a run with weights of an older version of the text says what moved, and the command that it names mends it', () =>
  withFiles({ 'tiny.fmw': tiny, 'new.fmw': labelled }, async (folder) => {
    await trained(folder)
    const run = (weights: string): ReturnType<typeof fmw> => fmw(['run', 'new.fmw', '--weights', weights, '--input', 'image=random'], { cwd: folder })
    const { code, stderr } = await run('w.safetensors')
    assert.is(code, 1)
    const [first, kernel, bias, how = ''] = stderr.split('\n')
    assert.is(first, 'error[weights/renamed]: w.safetensors: 2 weights of the model have other names in the file')
    assert.equal([kernel, bias], ['  = stem/kernel is called x/conv/kernel there', '  = stem/bias is called x/conv/bias there'])
    const command = /fmw (weights rename .*safetensors) gives/.exec(how)?.[1] ?? ''
    const named = { '<old>': 'tiny', '<model>': 'new', '<new>': 'mended' }
    const args = Object.entries(named).reduce((text, [hole, name]) => text.replaceAll(hole, name), command).split(' ')
    assert.is((await fmw(args, { cwd: folder })).code, 0)
    assert.is((await run('mended.safetensors')).code, 0)
  }))

s('what is no file of weights is said to be none', () =>
  withFiles({ 'tiny.fmw': tiny, 'w.safetensors': 'no weights' }, async (folder) => {
    const { code, stderr } = await fmw(['weights', 'ls', 'w.safetensors'], { cwd: folder })
    assert.is(code, 1)
    assert.match(stderr, 'this is no valid safetensors file')
    const unknown = await fmw(['weights', 'list', 'w.safetensors'], { cwd: folder })
    assert.is(unknown.code, 2)
  }))

s.run()
