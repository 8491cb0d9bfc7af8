import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import type { Options } from '../../src/compiler/compile.ts'
import { catalog } from '../../src/compiler/catalog/index.ts'
import { rules } from '../../src/compiler/lint/index.ts'
import { compileText } from '../compile-text.ts'
import schema from '../../fmw.config.schema.json' with { type: 'json' }

const s = suite('allowances and levels of the linter')

const said = (text: string, options: Options = {}, files: Readonly<Record<string, string>> = {}): readonly string[] =>
  compileText(text, files, options).diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`)

const codes = (text: string, options: Options = {}): readonly string[] =>
  compileText(text, {}, options).diagnostics.map(({ code }) => code)

const model = (...lines: readonly string[]): string => `model M {\n  input x: [8, 8, 3]\n${lines.join('\n')}\n  output y = x\n}\n`

s('a comment at the end of the line or above it allows what is found there, with a reason', () => {
  assert.equal(codes(model('  a = relu(x)')), ['lint/unused-value'])
  assert.equal(codes(model('  a = relu(x)  // fmw-allow lint/unused-value: for the ablation')), [])
  assert.equal(codes(model('  // fmw-allow lint/unused-value: for the ablation', '  a = relu(x)')), [])
  assert.equal(codes(model('  //fmw-allow   lint/unused-value :for the ablation', '  a = relu(x)')), [])
})

s('several comments above a line each allow a rule, and other comments may stand between', () => {
  const text = model(
    '  // fmw-allow lint/unused-value: a',
    '  // as in the paper',
    '  // fmw-allow lint/softmax-twice: b',
    '  a = x |> softmax |> softmax',
  )
  assert.equal(codes(text), [])
})

s('a comment is about one rule and one line only', () => {
  assert.equal(codes(model('  a = x |> softmax |> softmax  // fmw-allow lint/softmax-twice: a')), ['lint/unused-value'])
  assert.equal(codes(model('  a = relu(x)  // fmw-allow lint/unused-value: a', '  b = relu(x)')), ['lint/unused-value'])
  assert.equal(codes(model('  // fmw-allow lint/unused-value: a', '  a = relu(x)', '  b = relu(x)')), ['lint/unused-value'])
})

s('a finding that begins on one line and goes on is allowed on the first', () => {
  assert.equal(codes(model('  // fmw-allow lint/unused-value: a', '  a = x', '    |> relu', '    |> tanh')), [])
})

s('a missing reason is reported where the comment allows something', () => {
  const expected = ['warning lint/allow-without-reason: this allows lint/unused-value and does not say why']
  assert.equal(said(model('  a = relu(x)  // fmw-allow lint/unused-value')), expected)
  assert.equal(said(model('  a = relu(x)  // fmw-allow lint/unused-value:  ')), expected)
})

const useless: Readonly<Record<string, readonly [rule: string, why: string]>> = {
  'a rule that finds nothing there': ['lint/unused-value: a', 'it finds nothing on line 4'],
  'a rule that nothing is like': ['lint/quux: a', 'there is no rule lint/quux'],
  'an error': ['shape/channel-mismatch: a', 'shape/channel-mismatch is no rule of the linter, and errors cannot be allowed'],
  'what is said of comments': ['lint/unused-allow: a', 'lint/unused-allow is about these comments themselves'],
  'no rule at all': ['', 'it names no rule'],
}

for (const [what, [written, why]] of Object.entries(useless)) {
  s(`a comment that allows nothing is reported, and its removal offered: ${what}`, () => {
    const { diagnostics } = compileText(model(`  // fmw-allow ${written}`, '  require x.channels == 3'))
    assert.equal(
      diagnostics.map(({ code, message }) => [code, message]),
      [['lint/unused-allow', `this comment allows nothing: ${why}`]],
    )
    assert.is(applyFixes(diagnostics.flatMap(({ fixes }) => fixes)).texts.get('model.fmw'), model('  require x.channels == 3'))
  })
}

for (const rule of ['lint/unused-valeu', 'unused-value', 'lint/unused_value']) {
  s(`a rule that is written ${rule} is corrected`, () => {
    const { diagnostics } = compileText(model(`  a = relu(x) // fmw-allow ${rule}: a`))
    const useless = diagnostics.filter(({ code }) => code === 'lint/unused-allow')
    assert.equal(
      useless.map(({ message, notes }) => [message, ...notes]),
      [[`this comment allows nothing: there is no rule ${rule}`, 'did you mean lint/unused-value?']],
    )
    assert.is(
      applyFixes(useless.flatMap(({ fixes }) => fixes)).texts.get('model.fmw'),
      model('  a = relu(x) // fmw-allow lint/unused-value: a'),
    )
  })
}

s('a comment that only mentions the word, a doc comment and a text allow nothing and are not reported', () => {
  assert.equal(
    codes(
      model(
        '  // see fmw-allow',
        '  // fmw-allowed lint/unused-value: a',
        '  require x.channels == 3, "// fmw-allow lint/quux: a"',
      ),
    ),
    [],
  )
  assert.equal(codes(`/// fmw-allow lint/quux: a\n${model()}`), [])
})

s('a mistake cannot be allowed', () => {
  const text = model('  // fmw-allow shape/channel-mismatch: it is fine', '  a = fuse.add(x, conv(x, 4, 1x1))')
  assert.equal(codes(text), ['shape/channel-mismatch'])
})

const importing = 'import { B } from "./blocks.fmw"\nmodel M {\n  input x: [8, 8, 3]\n  output y = B(x)\n}'

const inImportedFile: Readonly<Record<string, readonly [blocks: string, why: readonly string[]]>> = {
  'what its own text decides': [
    '// fmw-allow lint/unused-value: a\nblock B(x: tensor) -> tensor { return x }\n',
    ['it finds nothing on line 2'],
  ],
  'a rule that there is not': [
    '// fmw-allow lint/quux: a\nblock B(x: tensor) -> tensor { return x }\n',
    ['there is no rule lint/quux'],
  ],
  'what the callers of its blocks decide': [
    'block B(x: tensor) -> tensor {\n  return softmax(x) // fmw-allow lint/softmax-twice: other models do\n}\n',
    [],
  ],
  'what the files that import it decide': [
    'import { N } from "./size.fmw" // fmw-allow lint/unused-import: others take it from here\nblock B(x: tensor) -> tensor { return x }\n',
    [],
  ],
}

for (const [what, [blocks, why]] of Object.entries(inImportedFile)) {
  s(`of an imported file, comments are ${why.length === 0 ? 'not ' : ''}called useless: ${what}`, () => {
    const expected = why.map((one) => `warning lint/unused-allow: this comment allows nothing: ${one}`)
    assert.equal(said(importing, {}, { 'blocks.fmw': blocks, 'size.fmw': 'const N = 3\n' }), expected)
  })
}

s('in a block whose callers decide, comments are not called useless', () => {
  const called =
    'block B(x: tensor) -> tensor {\n  return softmax(x) // fmw-allow lint/softmax-twice: other models do\n}\nmodel M {\n  input x: [8, 8, 3]\n  output y = B(x)\n}'
  assert.equal(said(called), [])
  assert.equal(
    said(
      '// fmw-allow lint/unused-parameter: as other units have it\nblock Unit(x: tensor, width: int) -> tensor { return x }\n',
    ),
    [],
  )
})

s('what is found in an imported file is allowed there', () => {
  const blocks =
    'block B(x: tensor) -> tensor {\n  a = relu(x) // fmw-allow lint/unused-value: later\n  b = relu(x)\n  return x\n}\n'
  const { diagnostics } = compileText(`import { B } from "./blocks.fmw"\nmodel M {\n  input x: [8, 8, 3]\n  output y = B(x)\n}`, {
    'blocks.fmw': blocks,
  })
  assert.equal(
    diagnostics.map(({ code, span }) => [code, span.source.path, span.source.text.slice(span.start, span.end)]),
    [['lint/unused-value', 'blocks.fmw', 'b']],
  )
})

s('a rule is off, a warning or an error', () => {
  const text = model('  a = relu(x)')
  const at = (level: 'off' | 'warning' | 'error') =>
    said(text, { rules: { 'lint/unused-value': level } }).map((one) => one.split(' ')[0])
  assert.equal([at('off'), at('warning'), at('error')], [[], ['warning'], ['error']])
})

s('a rule that is an error can be allowed; of one that is off no comment is called useless', () => {
  const allowed = model('  a = relu(x)  // fmw-allow lint/unused-value: for the ablation')
  assert.equal(codes(allowed, { rules: { 'lint/unused-value': 'error' } }), [])
  assert.equal(codes(allowed, { rules: { 'lint/unused-value': 'off' } }), [])
  const bare = model('  a = relu(x)  // fmw-allow lint/unused-value')
  assert.equal(codes(bare, { rules: { 'lint/allow-without-reason': 'off' } }), [])
})

s('nothing is found in a text with errors, which would be a consequence of them', () => {
  assert.equal(codes(model('  a = relu(x)', '  require quux')), ['name/unknown'])
})

s('a block that is called many times is reported once', () => {
  const text =
    'block B(x: tensor) -> tensor {\n  a = relu(x)\n  return x |> softmax |> softmax\n}\nmodel M {\n  input x: [8, 8, 3]\n  output y = x |> B |> conv(3, 1x1) |> B |> conv(4, 1x1) |> B\n}'
  assert.equal(codes(text), ['lint/unused-value', 'lint/softmax-twice'])
})

s('every rule is in the catalogue, and the configuration knows every code', () => {
  const lintCodes = Object.keys(catalog).filter((code) => code.startsWith('lint/'))
  assert.equal(new Set([...rules.map(({ code }) => code), 'lint/allow-without-reason', 'lint/unused-allow']), new Set(lintCodes))
  assert.equal(Object.keys(schema.properties.rules.properties), lintCodes)
})

s.run()
