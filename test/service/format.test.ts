import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import { textOf } from '../../src/compiler/text/source.ts'
import { laidOut } from '../../src/format/format-text.ts'
import { format } from '../../src/service/format.ts'
import { marked } from './marked.ts'

const formatted = suite('the layout of a text as edits')

const untidy = 'model M {\n\n\n    input x : [8,8,3]  // a, b\n  output y = conv(x,4,\n3x3,)   \n}'

formatted('only blanks and commas are edited', () => {
  for (const text of [untidy, untidy.replaceAll('\n', '\r\n'), `${untidy}\n\n`]) {
    const { analysis } = marked(text)
    const edits = format(analysis)
    for (const { span, text: put } of edits) assert.match(`${textOf(span)}${put}`, /^[\s,]*$/)
    assert.is(applyFixes([{ title: '', safety: 'safe', edits }]).texts.get('net.fmw'), laidOut(text))
  }
})

formatted('of a range what lies in it; nothing of what is laid out, or cannot be read', () => {
  const { analysis } = marked(untidy)
  const start = untidy.indexOf('input')
  assert.equal(format(analysis, { start, end: untidy.indexOf('//') }).map(({ text }) => text), ['', ', ', ', ', ' '])
  assert.equal(format(marked(laidOut(untidy)!).analysis), [])
  assert.equal(format(marked('model M {').analysis), [])
})

formatted('the networks without their line ends and indents', () => {
  for (const file of readdirSync('examples').filter((name) => name.endsWith('.fmw'))) {
    const text = readFileSync(`examples/${file}`, 'utf8').replaceAll(/\n {2,}/g, '\n').replaceAll(', ', ',')
    const { analysis } = marked(text)
    const after = applyFixes([{ title: '', safety: 'safe', edits: format(analysis) }]).texts.get('net.fmw') ?? text
    assert.is(after, laidOut(text) ?? text, file)
  }
})

formatted.run()
