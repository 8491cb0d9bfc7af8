import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codeActions } from '../../src/service/code-actions.ts'
import { diagnostics } from '../../src/service/diagnostics.ts'
import { marked } from './marked.ts'

const s = suite('code actions')

const actionsAt = (text: string) => {
  const { analysis, offsets } = marked(text)
  return codeActions(analysis, offsets[0]!, offsets[1] ?? offsets[0]!)
}

/** The text after an action. */
function after(text: string, title: string): string {
  const { analysis } = marked(text)
  const action = actionsAt(text).find((one) => one.title === title)!
  return action.edits.toSorted((a, b) => b.span.start - a.span.start).reduce(
    (now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.end),
    analysis.source.text,
  )
}

const model = (...lines: readonly string[]): string => ['model M {', '  input x: [8, 8, 3]', ...lines.map((line) => `  ${line}`), '}', ''].join('\n')

s('the fixes of what is wrong at the place, safe ones first and preferred, then the page', () => {
  const actions = actionsAt(model('output y = x |> ‸con(4, 3x3)'))
  assert.equal(actions.map(({ kind, safety, isPreferred }) => `${kind} ${safety} ${isPreferred}`).at(0), 'fix safe true')
  assert.is(actions.at(-1)!.title, 'explain name/unknown')
  assert.equal(actions.filter(({ isPreferred }) => isPreferred).length, 1)
})

s('nothing where nothing is wrong', () => {
  assert.equal(actionsAt(model('‸a = x', 'output y = a |> con(4, 3x3)')), [])
})

const unused = (line: string): string => model(`‸${line}`, 'output y = relu(x)')

s('what the linter finds can be allowed, at the end of the line or before it', () => {
  const title = 'allow lint/unused-value here, with a reason'
  assert.is(after(unused('wide = tanh(x)'), title), model('wide = tanh(x)  // fmw-allow lint/unused-value: reason', 'output y = relu(x)'))
  assert.is(after(unused('wide = tanh(x) // wide'), title), model('// fmw-allow lint/unused-value: reason', 'wide = tanh(x) // wide', 'output y = relu(x)'))
  assert.is(after(unused('wide = tanh(x) // wide').replaceAll('\n', '\r\n'), title).includes('reason\r\n  wide'), true)
  const allowed = marked(after(unused('wide = tanh(x) // wide'), title)).analysis
  assert.equal(diagnostics(allowed), [])
})

s('a mistake cannot be allowed', () => {
  assert.is(actionsAt(model('output y = x |> ‸con(4, 3x3)')).some(({ kind }) => kind === 'allow'), false)
})

s('no place of no text makes it throw', () => {
  for (const text of ['', '(', model('y = conv(x 3')]) {
    const { analysis } = marked(text)
    assert.ok(Array.isArray(codeActions(analysis, 0, text.length)))
  }
})

s.run()
