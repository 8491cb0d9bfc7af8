import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { screenWidth } from '../../src/compiler/text/screen-width.ts'
import { fitted, shortened } from '../../src/cli/terminal/fitted.ts'
import { table } from '../../src/cli/terminal/table.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('lines fit a terminal')

const screen = (width: number | undefined, unicode = true) => ({ width, unicode })

s('a text is shortened in its middle, and keeps more of its end', () => {
  assert.is(shortened('encoder/stage3/block2/kernel', 28, screen(80)), 'encoder/stage3/block2/kernel')
  assert.is(shortened('encoder/stage3/block2/kernel', 16, screen(80)), 'encod…ck2/kernel')
  assert.is(shortened('encoder/stage3/block2/kernel', 16, screen(80, false)), 'enc...ck2/kernel')
  for (const text of ['encoder/stage3/block2/kernel', '層/畳み込み/核/重み/偏り'])
    for (let room = 4; room < 30; room++) {
      const width = screenWidth(shortened(text, room, screen(80)))
      assert.ok(width <= room && width >= Math.min(room - 2, screenWidth(text)), `${text} in ${room}: ${width}`)
    }
})

s('a path that is alone gets a whole line, one in a sentence at most half of it, and only on a terminal', () => {
  const file = `/home/somebody/${'folder/'.repeat(8)}model.fmw`
  assert.is(fitted(file, screen(undefined)), file)
  assert.is(fitted(file, screen(file.length)), file)
  assert.is(fitted(file, screen(40)), '/home/somebod…er/folder/folder/model.fmw')
  assert.equal(fitted(`  ${file}: it is a folder, and no file that holds a model`, screen(60)).split('\n'), [
    '  /home/som…er/folder/model.fmw: it is a folder, and no file',
    '    that holds a model',
  ])
  const link = `see https://example.org/${'a/'.repeat(40)}`
  assert.equal(fitted(link, screen(60)).split('\n'), ['see', `  ${link.slice(4)}`])
})

s('names that would look alike when they are shortened are broken behind a slash', () => {
  const names = ['network/first_branch/convolution/kernel', 'network/other_branch/convolution/kernel', 'network/elsewhere/convolution/kernels']
  const lines = table(['name', 'op', 'shape'], names.map((name, i) => [name, 'conv2d', `[${i}]`]), new Set([2]), screen(40))
  assert.equal(lines.slice(2), [
    'network/first_branch/      conv2d    [0]',
    ' convolution/kernel',
    'network/other_branch/      conv2d    [1]',
    ' convolution/kernel',
    'network/…volution/kernels  conv2d    [2]',
  ])
  const [first, second] = ['b', 'c'].map((sign) => 'a'.repeat(15) + sign + 'a'.repeat(30))
  const unslashed = table(['name', 'op'], [[first!, 'x'], [second!, 'x']], new Set(), screen(30)).slice(2)
  assert.equal(unslashed.map((line) => line.replaceAll(/a+/g, 'a')), ['aba  x', ' a', 'aca  x', ' a'])
})

s('the first column of a table gives way, then the widest', () => {
  const rows = [
    ['encoder/stage3/block2/branch/conv/kernel', 'param', '[3, 3, 256, 256]'],
    ['head/bias', 'param', '[10]'],
  ]
  const lines = (width: number | undefined): readonly string[] => table(['name', 'op', 'shape'], rows, new Set([1]), screen(width))
  assert.is(lines(undefined)[2], 'encoder/stage3/block2/branch/conv/kernel  param  [3, 3, 256, 256]')
  assert.equal(lines(50), [
    'name                          op  shape',
    '─────────────────────────  ─────  ────────────────',
    'encoder/…anch/conv/kernel  param  [3, 3, 256, 256]',
    'head/bias                  param  [10]',
  ])
  assert.is(lines(40)[2], 'encod…onv/kernel  param  [3, … 256, 256]')
})

const folder = 'a/very/long/folder/of/the/kind/that/people/have/when/they/are/at/work/on/many/things'

const deep = `
block Branch(x: [H, W, C], widths: int[]) -> [H, W, _] {
  for width in widths {
    branch_of_the_block = x |> conv(width, 3x3, padding: same)
    x = branch_of_the_block
  }
  return x
}
model Deep(widths: int[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]) {
  input picture_of_the_left: [8, 8, 3]
  input picture_of_the_right: [8, 8, 3]
  encoder_of_the_left = picture_of_the_left |> Branch(widths)
  encoder_of_the_right = picture_of_the_right |> Branch(widths)
  output logits_of_the_whole = fuse.add(encoder_of_the_left, encoder_of_the_right) |> pool.global |> dense(12)
}
`

const named = (name: (i: number) => string) =>
  weightsFile(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [name(i), [[1, i], Array(i).fill(0)]])))

const files: Files = {
  [`${folder}/deep.fmw`]: deep,
  [`${folder}/wrong.fmw`]: `import { Nothing } from "./deep.fmw"\n${deep.replace('pool.global', 'pool.globe(deep: 3, deeper: 4)')}`,
  [`${folder}/other.safetensors`]: named((i) => `transformer/layers_of_the_encoder/layer_${i}/attention/query/kernel`),
  [`${folder}/torch.safetensors`]: named((i) => `model.backbone.layer${i % 9}.${i}.conv1.${i % 2 ? 'weight' : 'bias'}`),
}

const inside = (name: string): string => path.join(folder, name)
const inputs = ['--input', 'picture_of_the_left=ones', '--input', 'picture_of_the_right=ones', '--backend', 'wasm']

const commands: Readonly<Record<string, readonly string[]>> = {
  check: ['check', inside('deep.fmw')],
  'check that finds mistakes': ['check', inside('wrong.fmw')],
  'check of nothing': ['check', inside('none.fmw')],
  summary: ['summary', inside('deep.fmw')],
  'summary --diff': ['summary', inside('deep.fmw'), '--diff', inside('deep.fmw'), '--diff-set', 'widths=[1, 2, 3]'],
  show: ['show', inside('deep.fmw')],
  why: ['why', inside('deep.fmw'), 'logits_of_the_whole'],
  init: ['init', inside('deep.fmw'), '-o', inside('fresh.safetensors')],
  run: ['run', inside('deep.fmw'), ...inputs, '--weights', inside('fresh.safetensors'), '--top', '3'],
  'run that prints values': ['run', inside('deep.fmw'), ...inputs],
  'run that writes': ['run', inside('deep.fmw'), ...inputs, '--output', `logits_of_the_whole=${inside('logits.npy')}`],
  'show that draws': ['show', inside('deep.fmw'), 'encoder_of_the_left', ...inputs, '-o', inside('left.png'), '--html', inside('left.html')],
  build: ['build', inside('deep.fmw'), '--out', inside('models')],
  'build --check': ['build', inside('deep.fmw'), '--out', inside('others'), '--check'],
  'weights ls': ['weights', 'ls', inside('other.safetensors')],
  'weights diff': ['weights', 'diff', inside('fresh.safetensors'), inside('other.safetensors')],
  'weights describe': ['weights', 'describe', inside('fresh.safetensors'), inside('deep.fmw'), '-o', inside('said.safetensors'), '--classes', 'a long name,b,c,d,e,f,g,h,i,j,k,l'],
  'weights rename': ['weights', 'rename', inside('torch.safetensors'), inside('deep.fmw'), inside('deep.fmw'), '-o', inside('renamed.safetensors')],
  train: ['train', inside('deep.fmw'), '--data', inside('none'), '--checkpoint', inside('run')],
  doctor: ['doctor'],
  explain: ['explain', 'conv'],
  'explain of a code': ['explain', 'weights/foreign'],
}

s('every command fits 80 columns, and writes a pipe whole lines', () =>
  withFiles(files, async (here) => {
    for (const [what, args] of Object.entries(commands)) {
      const { stdout, stderr } = await mainOf([...args, '--no-color'], here, 80)
      const lines = `${stdout}${stderr}`.split('\n')
      assert.equal(lines.filter((line) => screenWidth(line) > 80), [], what)
      assert.ok(lines.length > 1, what)
    }
    const { stderr } = await mainOf(['check', inside('none.fmw')], here)
    assert.is(stderr, `fmw: there is no file ${inside('none.fmw')}\n`)
  }))

s('every page of help fits 80 columns', async () => {
  const pages = ['check', 'summary', 'why', 'init', 'run', 'show', 'train', 'weights', 'build', 'new', 'explain', 'doctor'].map((name) => [name])
  const weights = ['ls', 'diff', 'rename', 'describe'].map((name) => ['weights', name])
  for (const page of [[], ...pages, ...weights]) {
    const { stdout } = await mainOf([...page, '--help'], '.', 80)
    assert.ok(stdout.length > 200, page.join(' '))
    assert.equal(stdout.split('\n').filter((line) => screenWidth(line) > 80), [], page.join(' '))
  }
})

s('JSON is as long as it is', () =>
  withFiles(files, async (here) => {
    for (const args of [['summary', inside('deep.fmw'), '--json'], ['check', inside('wrong.fmw'), '--format', 'json']]) {
      const [narrow, piped] = [await mainOf(args, here, 40), await mainOf(args, here)]
      assert.is(narrow.stdout, piped.stdout)
    }
  }))

s('weights of another model are a screenful, whatever they are called', () =>
  withFiles(files, async (here) => {
    for (const weights of ['other', 'torch']) {
      const { code, stderr } = await mainOf(['run', inside('deep.fmw'), ...inputs, '--weights', inside(`${weights}.safetensors`)], here, 80)
      assert.is(code, 1)
      assert.match(stderr, /none of\s+the\s+300\s+tensors/)
      assert.ok(stderr.split('\n').length <= 24, stderr)
    }
  }))

s('and so are weights of which a few fit', () => {
  const some = Array.from({ length: 100 }, (_, i) => [`encoder_of_the_left/Branch/branch_of_the_block/${i}/conv/bias`, [[i < 4 ? i + 1 : 3], Array(i < 4 ? i + 1 : 3).fill(0)]] as const)
  const others = Array.from({ length: 200 }, (_, i) => [`transformer/encoder_of_words/layer_${i}/kernel`, [[2], [0, 0]]] as const)
  return withFiles({ ...files, [inside('some.safetensors')]: weightsFile(Object.fromEntries([...some, ...others])) }, async (here) => {
    const { stderr } = await mainOf(['run', inside('deep.fmw'), ...inputs, '--weights', inside('some.safetensors')], here, 80)
    for (const code of ['weights/missing', 'weights/unexpected', 'weights/shape']) assert.match(stderr, new RegExp(`error.${code}.: .*error.${code}.: and \\d+ more`, 's'))
    assert.ok(stderr.split('\n').length <= 24, stderr)
  })
})

s.run()
