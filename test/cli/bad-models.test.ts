import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentOf, withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny } from './models.ts'

const s = suite('bad models')

const model = (...statements: readonly string[]): string =>
  `model M {\n  input image: [8, 8, 3]\n${statements.map((line) => `  ${line}\n`).join('')}}\n`

interface Bad {
  readonly files: Files
  /** Code and place of each diagnostic, in order. */
  readonly said: readonly (readonly [code: string, place: string])[]
  /** What it has to say besides. */
  readonly text?: readonly string[]
}

const bad: Readonly<Record<string, Bad>> = {
  'a bracket that is not closed': {
    files: { 'm.fmw': model('output y = conv(image, 4') },
    said: [['syntax/unexpected', 'm.fmw:3:26']],
  },
  'a brace that is not closed': {
    files: { 'm.fmw': 'model M {\n  input image: [8, 8, 3]\n  output y = image\n' },
    said: [['syntax/unexpected', 'm.fmw:3:18']],
  },
  'three broken statements, all reported': {
    files: { 'm.fmw': model('a = conv(image 4)', 'b = * 3', 'output y = [1, 2') },
    said: [
      ['syntax/unexpected', 'm.fmw:3:18'],
      ['syntax/unexpected', 'm.fmw:4:7'],
      ['syntax/unexpected', 'm.fmw:5:18'],
    ],
  },
  'a sign that means nothing': { files: { 'm.fmw': model('output y = image $ 2') }, said: [['syntax/character', 'm.fmw:3:20']] },
  'a text without an end': {
    files: { 'm.fmw': model('require true, "so', 'output y = image') },
    said: [['syntax/unclosed-text', 'm.fmw:3:17']],
  },
  'a word instead of a file': { files: { 'm.fmw': 'hello' }, said: [['syntax/unexpected', 'm.fmw:1:1']] },
  'an unknown name': {
    files: { 'm.fmw': model('output y = imge * 2') },
    said: [['name/unknown', 'm.fmw:3:14']],
    text: ['did you mean image?'],
  },
  'an unknown operation of a family': {
    files: { 'm.fmw': model('output y = pool.maxx(image, 2)') },
    said: [['name/unknown', 'm.fmw:3:19']],
    text: ['did you mean pool.max?'],
  },
  'an unknown argument': {
    files: { 'm.fmw': model('output y = conv(image, 4, strides: 2)') },
    said: [['call/unknown-argument', 'm.fmw:3:29']],
    text: ['stride'],
  },
  'an unknown name in an import': {
    files: {
      'm.fmw': `import { Bloc } from "./b.fmw"\n${model('output y = Bloc(image)')}`,
      'b.fmw': 'block Block(x: tensor) -> like x { return x }\n',
    },
    said: [['import/unknown-name', 'm.fmw:1:10']],
    text: ['did you mean Block?'],
  },
  'a list where a number belongs': {
    files: { 'm.fmw': model('output y = conv(image, [4])') },
    said: [['type/mismatch', 'm.fmw:3:26']],
  },
  'a number where a map belongs': { files: { 'm.fmw': model('output y = conv(3, 4)') }, said: [['type/mismatch', 'm.fmw:3:19']] },
  'a vector where a map belongs': {
    files: { 'm.fmw': model('output y = conv(pool.global(image), 4)') },
    said: [['shape/rank', 'm.fmw:3:19']],
  },
  'an argument too many': {
    files: { 'm.fmw': model('output y = relu(image, 2)') },
    said: [['call/too-many-arguments', 'm.fmw:3:26']],
  },
  'an argument too few': {
    files: { 'm.fmw': model('output y = conv(image)') },
    said: [['call/missing-argument', 'm.fmw:3:14']],
    text: ['filters'],
  },
  'two files that import each other': {
    files: {
      'a.fmw': 'import { B } from "./b.fmw"\nblock A(x: tensor) -> like x { return B(x) }\n',
      'b.fmw': 'import { A } from "./a.fmw"\nblock B(x: tensor) -> like x { return A(x) }\n',
      'm.fmw': `import { A } from "./a.fmw"\n${model('output y = A(image)')}`,
    },
    said: [['import/cycle', 'b.fmw:1:19']],
    text: ['a.fmw → b.fmw → a.fmw'],
  },
  'a file that imports itself': {
    files: { 'm.fmw': `import { B } from "./m.fmw"\n${model('output y = B(image)')}` },
    said: [['import/cycle', 'm.fmw:1:19']],
    text: ['m.fmw → m.fmw'],
  },
  'an import of a file that is not there': {
    files: { 'm.fmw': `import { B } from "./none.fmw"\n${model('output y = B(image)')}` },
    said: [['import/missing-file', 'm.fmw:1:19']],
    text: ['none.fmw'],
  },
  'an import of a folder': {
    files: { 'm.fmw': `import { B } from "./dir"\n${model('output y = B(image)')}`, 'dir/x': '' },
    said: [['import/missing-file', 'm.fmw:1:19']],
  },
  'a block that calls itself without end': {
    files: { 'm.fmw': `block B(x: tensor) -> like x {\n  return B(x)\n}\n${model('output y = B(image)')}` },
    said: [['limit/depth', 'm.fmw:2:10']],
    text: ['deeper than 100'],
  },
  'blocks that call each other without end': {
    files: {
      'm.fmw': `block A(x: tensor) -> like x { return B(x) }\nblock B(x: tensor) -> like x { return A(x) }\n${model('output y = A(image)')}`,
    },
    said: [['limit/depth', 'm.fmw:2:39']],
    text: ['deeper than 100'],
  },
  'a function that calls itself without end': {
    files: { 'm.fmw': `const f(n: int) = f(n + 1)\n${model('output y = image * f(0)')}` },
    said: [['limit/depth', 'm.fmw:1:19']],
  },
  'models that call each other without end': {
    files: { 'm.fmw': 'model A {\n  input x: [4]\n  output y = B(x)\n}\nmodel B {\n  input x: [4]\n  output y = A(x)\n}\n' },
    said: [
      ['limit/depth', 'm.fmw:3:14'],
      ['limit/depth', 'm.fmw:7:14'],
    ],
  },
  'a recursion that doubles at every level': {
    files: {
      'm.fmw': `block B(x: tensor, n: int) -> like x {\n  if n == 0 { return x }\n  return B(x, n - 1) + B(x, n - 1)\n}\n${model('output y = B(image, 60)')}`,
    },
    said: [['limit/steps', 'm.fmw:2:15']],
    text: ['1,000,000'],
  },
  'ten million nodes by loops in loops': {
    files: { 'm.fmw': model('x = image', 'for i in range(1000) { for j in range(10000) { x = relu(x) } }', 'output y = x') },
    said: [['limit/nodes', 'm.fmw:4:54']],
    text: ['250,000'],
  },
  'a range of a billion': {
    files: { 'm.fmw': model('x = image', 'for i in range(1000000000) { x = relu(x) }', 'output y = x') },
    said: [['type/mismatch', 'm.fmw:4:18']],
    text: ['1,000,000'],
  },
  'a hundred million turns without a node': {
    files: { 'm.fmw': model('n = 0', 'for i in range(10000) { for j in range(10000) { n = n + 1 } }', 'output y = image * n') },
    said: [['limit/steps', 'm.fmw:4:27']],
    text: ['1,000,000'],
  },
  'a constant that needs itself': {
    files: { 'm.fmw': `const A = B + 1\nconst B = A + 1\n${model('output y = image * A')}` },
    said: [['name/cyclic-constant', 'm.fmw:1:7']],
  },
  'brackets nested 20,000 deep': {
    files: { 'm.fmw': model(`output y = ${'('.repeat(20_000)}image${')'.repeat(20_000)}`) },
    said: [['syntax/too-deep', 'm.fmw:3:77']],
    text: ['64'],
  },
  'lists nested 20,000 deep': {
    files: { 'm.fmw': model(`output y = ${'['.repeat(20_000)}`) },
    said: [['syntax/too-deep', 'm.fmw:3:77']],
  },
  'a weight that no machine holds': {
    files: { 'm.fmw': model('param w: [100000, 100000] = ones', 'output y = image') },
    said: [['limit/elements', 'm.fmw:3:12']],
  },
  'an extent of 0': { files: { 'm.fmw': model('output y = conv(image, 0)') }, said: [['shape/empty', 'm.fmw:3:14']] },
  'a kernel larger than the map': {
    files: { 'm.fmw': model('output y = conv(image, 4, 9x9)') },
    said: [['shape/window-too-large', 'm.fmw:3:14']],
  },
}

const stackTrace = /^\s+at .*:\d+:\d+\)?$/m

interface Place {
  readonly code: string
  readonly file: string
  readonly range: { readonly start: { readonly line: number; readonly column: number } }
}

for (const [what, { files, said, text = [] }] of Object.entries(bad)) {
  s(`exit code 1, every mistake with its place, no stack trace, nothing written: ${what}`, () =>
    withFiles(files, async (folder) => {
      const before = await contentOf(folder)
      const reported = await mainOf(['check', 'm.fmw', '--format', 'json'], folder)
      assert.is(reported.code, 1, reported.stderr)
      const { diagnostics } = JSON.parse(reported.stdout) as { readonly diagnostics: readonly Place[] }
      assert.equal(diagnostics.map(({ code, file, range: { start } }) => [code, `${file}:${start.line}:${start.column}`]), said)
      for (const part of text) assert.ok(reported.stdout.includes(part), reported.stdout)
      assert.not.match(`${reported.stdout}${reported.stderr}`, stackTrace)
      assert.equal(await contentOf(folder), before)
    }))
}

s('of an endless recursion the innermost and the outermost calls are shown', () =>
  withFiles({ 'm.fmw': `block B(x: tensor) -> like x {\n  return B(x)\n}\n${model('output y = B(image)')}` }, async (folder) => {
    const { stdout } = await mainOf(['check', 'm.fmw'], folder)
    assert.match(stdout, '= in B, called at m.fmw:2:10 (99 times)\n   = in B, called at m.fmw:6:14\n')
    assert.ok(stdout.split('\n').length < 20)
  }))

s('of a line that is too long only the part with the mistake is shown', () =>
  withFiles({ 'm.fmw': model(`output y = image${' + image'.repeat(5000)} + imge${' + image'.repeat(5000)}`) }, async (folder) => {
    const { stdout } = await mainOf(['check', 'm.fmw'], folder)
    assert.match(stdout, 'm.fmw:3:40022')
    const [, , line, marks] = stdout.split('\n')
    assert.ok(line!.length < 220)
    assert.is(line!.slice(marks!.indexOf('^'), marks!.lastIndexOf('^') + 1), 'imge')
  }))

s('no command does anything with a model that has a mistake', () =>
  withFiles({ 'm.fmw': model('output y = imge * 2'), 'w.safetensors': 'older', 'y.npy': 'older' }, async (folder) => {
    const before = await contentOf(folder)
    const outputs = ['--output', 'y=y.npy']
    for (const command of [
      ['summary', 'm.fmw'],
      ['init', 'm.fmw', '-o', 'w.safetensors'],
      ['run', 'm.fmw', '--input', 'image=ones', ...outputs],
    ]) {
      const { code, stdout, stderr } = await mainOf(command, folder)
      assert.equal([code, stdout], [1, ''])
      assert.match(stderr, 'error[name/unknown]: there is no name imge')
    }
    assert.equal(await contentOf(folder), before)
  }))

/** A megabyte of printable nonsense, the same in every run. */
function garbage(line: number): string {
  let state = 1
  const characters = Array.from({ length: 1_000_000 }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return i % line === line - 1 ? '\n' : String.fromCharCode(33 + ((state >>> 16) % 94))
  })
  return characters.join('')
}

s('a megabyte of garbage is refused with places, in lines or in one line', () =>
  withFiles({ 'lines.fmw': garbage(80), 'line.fmw': garbage(2_000_000), 'word.fmw': 'x'.repeat(1_000_000) }, async (folder) => {
    for (const [file, place] of [
      ['lines.fmw', 'lines.fmw:1:1'],
      ['line.fmw', 'line.fmw:1:1'],
      ['word.fmw', 'word.fmw:1:1'],
    ] as const) {
      const { code, stdout, stderr } = await mainOf(['check', file], folder)
      assert.is(code, 1)
      assert.match(stdout, place)
      assert.not.match(`${stdout}${stderr}`, stackTrace)
    }
  }))

s('a binary file is no model, and neither is what imports it', () => {
  const binary = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) >>> 3)
  return withFiles(
    {
      'blob.fmw': binary,
      'm.fmw': `import { B } from "./blob.fmw"\n${tiny}`,
      'late.fmw': new Uint8Array([...Buffer.from('model M {\n  in'), 0xff]),
    },
    async (folder) => {
      const before = await contentOf(folder)
      for (const [file, place] of [
        ['blob.fmw', /^fmw: blob\.fmw:1:\d+: this is no text in UTF-8\n$/],
        ['m.fmw', /^fmw: blob\.fmw:1:\d+: this is no text in UTF-8\n$/],
        ['late.fmw', /^fmw: late\.fmw:2:5: this is no text in UTF-8\n$/],
      ] as const) {
        for (const command of [
          ['check', file],
          ['init', file, '-o', 'w'],
          ['build', file, '--out', 'o'],
        ]) {
          const { code, stdout, stderr } = await mainOf(command, folder)
          assert.equal([code, stdout], [2, ''])
          assert.match(stderr, place)
        }
      }
      assert.equal(await contentOf(folder), before)
    },
  )
})

s('a byte order mark is not part of the text', () =>
  withFiles({ 'm.fmw': `\uFEFF${tiny}` }, async (folder) => {
    assert.is((await mainOf(['check', 'm.fmw'], folder)).code, 0)
  }))

s('an empty file has no mistake and no model', () =>
  withFiles({ 'empty.fmw': '' }, async (folder) => {
    assert.is((await mainOf(['check', 'empty.fmw'], folder)).code, 0)
    const before = await contentOf(folder)
    for (const command of [
      ['summary', 'empty.fmw'],
      ['init', 'empty.fmw', '-o', 'w'],
      ['build', 'empty.fmw', '--out', 'o'],
      ['run', 'empty.fmw'],
    ]) {
      const { code, stdout, stderr } = await mainOf(command, folder)
      assert.equal([code, stdout], [2, ''])
      assert.match(stderr, /^fmw: .*\bno model\b/)
    }
    assert.equal(await contentOf(folder), before)
  }))

s('a folder or a missing file in the place of a model is wrong usage', () =>
  withFiles({ 'folder/a.txt': '' }, async (folder) => {
    const said = async (...args: readonly string[]): Promise<unknown> => {
      const { code, stdout, stderr } = await mainOf(args, folder)
      return [code, stdout, stderr]
    }
    assert.equal(await said('summary', 'folder'), [2, '', 'fmw: cannot read folder: it is a folder\n'])
    assert.equal(await said('init', 'none.fmw', '-o', 'w'), [
      2,
      '',
      'fmw: cannot read none.fmw: there is no such file or folder\n',
    ])
    assert.equal(await said('build', 'none.fmw', '--out', 'o'), [2, '', 'fmw: there is no file none.fmw\n'])
  }))

s('a parameter that is no expression is shown where it was written', () =>
  withFiles({ 'm.fmw': tiny }, async (folder) => {
    for (const [value, code, place] of [
      ['', 'syntax/unexpected', '1:1'],
      ['[1', 'syntax/unexpected', '1:2'],
      ['four', 'name/unknown', '1:1'],
      ['"4"', 'type/mismatch', '1:1'],
      ['(((', 'syntax/unexpected', '1:3'],
    ] as const) {
      const { code: exit, stderr } = await mainOf(['summary', 'm.fmw', '--set', `classes=${value}`], folder)
      assert.is(exit, 1)
      assert.ok(stderr.includes(`error[${code}]`) && stderr.includes(`--set classes:${place}`), `${value}: ${stderr}`)
    }
  }))

s.run()
