import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reportLine } from '../../src/compiler/report/line.ts'
import { positionOf } from '../../src/compiler/text/source.ts'
import { compileText } from '../compile-text.ts'
import { corpus } from '../fixes/corpus.ts'

const s = suite('one line for each diagnostic')

s('has the place, the severity, the code and the message', () => {
  const { diagnostics } = compileText(
    'model M {\n  input x: [8, 8, 3]\n  output y = rleu(x)\n  output z = fuse.add(conv(x, 4), conv(x, 8))\n}\n',
  )
  assert.is(
    reportLine(diagnostics),
    'model.fmw:3:14: error[name/unknown]: there is no name rleu\n' +
      'model.fmw:4:14: error[shape/channel-mismatch]: fuse.add needs equal channels: 4 against 8',
  )
})

s('is empty where there is nothing to say', () => {
  assert.is(reportLine([]), '')
})

s('can be read back for every mistake of the corpus', () => {
  for (const { diagnostics } of corpus) {
    const read = reportLine(diagnostics)
      .split('\n')
      .map((line) => /^(.+?):(\d+):(\d+): (error|warning)\[([a-z]+\/[a-z-]+)\]: (.+)$/.exec(line)?.slice(1))
    const written = diagnostics.map(({ code, severity, message, span }) => {
      const { line, column } = positionOf(span.source, span.start)
      return [span.source.path, String(line), String(column), severity, code, message]
    })
    assert.equal(read, diagnostics.length === 0 ? [undefined] : written)
  }
})

s('stays one line where a message has several', () => {
  const [diagnostic] = compileText('model M {\n  input x: [4]\n  output y = z\n}\n').diagnostics
  assert.is(reportLine([{ ...diagnostic!, message: 'a\nb \r\n  c' }]), 'model.fmw:3:14: error[name/unknown]: a b c')
})

s.run()
