import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reportGithub } from '../../src/compiler/report/github.ts'
import { positionOf } from '../../src/compiler/text/source.ts'
import { compileText } from '../compile-text.ts'
import { corpus } from '../fixes/corpus.ts'

const s = suite('annotations of GitHub workflows')

const same = (file: string): string => file

/** What the runner reads: a command on a line of its own, its properties, and the text behind the second pair of colons. */
function read(line: string) {
  const [, command, properties, text] = /^::(\w+) (.*?)::(.*)$/.exec(line)!
  const pairs = properties!.split(',').map((pair) => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(pair)!
    return [name!, data(value!.replaceAll('%3A', ':').replaceAll('%2C', ','))]
  })
  return { command, ...Object.fromEntries(pairs), text: data(text!) } as Record<string, string>
}

const data = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')

s('say where, which code, and everything else below the message', () => {
  const { diagnostics } = compileText('model M {\n  input x: [8, 8, 3]\n  output z = fuse.add(conv(x, 4), conv(x, 8))\n}\n')
  assert.is(
    reportGithub(diagnostics, (file) => `models/${file}`),
    '::error file=models/model.fmw,line=3,endLine=3,col=14,endColumn=46,title=shape/channel-mismatch::' +
      'fuse.add needs equal channels: 4 against 8' +
      '%0A[6, 6, 4] and [6, 6, 8]' +
      '%0Amodels/model.fmw:3:31: 4 channels decided here' +
      '%0Amodels/model.fmw:3:43: 8 channels decided here' +
      '%0Aa 1x1 convolution brings a map to other channels; fuse.concat keeps both maps' +
      '%0Amay be meant: write conv(x, 4) |> conv(8, 1x1)' +
      '%0Afmw explain shape/channel-mismatch',
  )
})

s('of warnings are warnings', () => {
  const { diagnostics } = compileText('model M(width: int) {\n  input x: [4]\n  output y = x |> dense(width)\n}\n')
  assert.match(reportGithub(diagnostics, same), /^::warning file=model\.fmw,.*title=model\/unchecked::/)
})

s('name no columns where the mistake ends on another line', () => {
  const { diagnostics } = compileText(
    'model M {\n  input x: [8, 8, 3]\n  output y = fuse.add(\n    conv(x, 4),\n    conv(x, 8)\n  )\n}\n',
  )
  assert.match(reportGithub(diagnostics, same), /^::error file=model\.fmw,line=3,endLine=6,title=shape\/channel-mismatch::/)
})

s('the runner reads one command for every mistake of the corpus, with its own message', () => {
  for (const { diagnostics } of corpus) {
    const commands = reportGithub(diagnostics, same).split('\n').filter((line) => line !== '').map(read)
    assert.is(commands.length, diagnostics.length)
    for (const [i, { code, severity, message, span }] of diagnostics.entries()) {
      const { command, file, line, title, text } = commands[i]!
      assert.equal(
        [command, file, line, title],
        [severity, span.source.path, String(positionOf(span.source, span.start).line), code],
      )
      assert.ok(text!.startsWith(`${message}\n`))
    }
  }
})

s('what the runner would take for its own signs comes back as it was', () => {
  const [diagnostic] = compileText('model M {\n  input x: [4]\n  output y = z\n}\n').diagnostics
  const odd = fc
    .array(fc.constantFrom('%', '\r', '\n', ':', '::', ',', '=', '%25', '%0A', '%3A', 'a', ' '))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(odd, odd, (message, path) => {
      const span = { ...diagnostic!.span, source: { ...diagnostic!.span.source, path } }
      const line = reportGithub([{ ...diagnostic!, message, span }], same)
      assert.not.match(line, /[\r\n]/)
      const { file, text } = read(line)
      assert.is(file, path)
      assert.ok(text!.startsWith(`${message}\n`))
    }),
  )
})

s.run()
