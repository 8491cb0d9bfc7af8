import { format } from 'prettier'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import plugin from '../../src/format/prettier.ts'
import { formatText } from '../../src/format/format-text.ts'

const s = suite('the plugin of prettier')

const text = 'model M{\n\n  // x\ninput x:[8,8,1] // maps\noutput y=x|>conv(8,3x3)\n|>relu}'

s('lays a file out as fmw fmt does', async () => {
  assert.is(await format(text, { filepath: 'm.fmw', plugins: [plugin] }), formatText(text))
})

s('obeys a width and an indentation', async () => {
  assert.is(
    await format('model M { output y = conv(first, 8, padding: same) }', { filepath: 'm.fmw', plugins: [plugin], printWidth: 30, useTabs: true }),
    'model M {\n\toutput y = conv(\n\t\tfirst,\n\t\t8,\n\t\tpadding: same,\n\t)\n}\n',
  )
})

s('lays out what stands in a fence of Markdown', async () => {
  assert.is(
    await format('# A net\n\n```fmw\nmodel M{input x:[8]}\n```\n', { filepath: 'a.md', plugins: [plugin] }),
    '# A net\n\n```fmw\nmodel M { input x: [8] }\n```\n',
  )
})

s('has no say in other languages', async () => {
  const line = `const list = [${Array.from({ length: 12 }, (_, i) => `value${i}`).join(', ')}]\n`
  assert.is(await format(line, { filepath: 'a.js', plugins: [plugin] }), await format(line, { filepath: 'a.js' }))
})

s('names the place of a mistake of syntax', async () => {
  const failed = await format('model M {\n  x = f(1\n}', { filepath: 'm.fmw', plugins: [plugin] }).catch((error: unknown) => error)
  if (!(failed instanceof SyntaxError)) throw new Error('it was laid out')
  assert.equal('loc' in failed && failed.loc, { start: { line: 2, column: 9 } })
  assert.match(failed.message, '> 2 |   x = f(1')
})

s.run()
