import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import type { Formal } from '../../src/compiler/elaborate/formals.ts'
import { libraryCallsIn } from '../../src/compiler/lint/text/calls-written.ts'
import { Modules } from '../../src/compiler/reading/module.ts'
import { textOf } from '../../src/compiler/text/source.ts'
import { parameters, type Parameter } from '../../src/compiler/library/names.ts'
import { argumentOf, replaceArgument, tensorsOf, withArgument, writeArgument, type WrittenCall } from '../../src/compiler/library/written-call.ts'

const s = suite('arguments of a call of the library')

/** The last call of the library that is written in a text. */
function callIn(written: string): WrittenCall {
  const modules = new Modules(nodeHost, new Reporter())
  const file = modules.file('model.fmw', `model M {\n  input x: [8, 8, 4]\n  output y = ${written}\n}\n`)
  const call = libraryCallsIn(file.ast.declarations[0]!, file, modules).at(-1)
  if (!call) throw new Error(`no call of the library in ${written}`)
  return call
}

const written = (text: string, parameter: Parameter): string | undefined => {
  const found = argumentOf(callIn(text), parameter)
  return found && textOf(found.span)
}

s('one is found by its name, or at its position', () => {
  assert.is(written('conv(x, 8, 3x3)', parameters.kernel), '3x3')
  assert.is(written('x |> conv(8, 3x3)', parameters.kernel), '3x3')
  assert.is(written('x |> conv(_, 8, 3x3)', parameters.kernel), '3x3')
  assert.is(written('x |> conv(8, kernel: 5)', parameters.kernel), '5')
  assert.is(written('x |> conv.depthwise(5)', parameters.kernel), '5')
  assert.is(written('x |> conv(8)', parameters.kernel), undefined)
  assert.is(written('x |> conv', parameters.filters), undefined)
})

s('an op that has no such parameter has no argument for it', () => {
  assert.is(written('x |> pool.max(2)', parameters.kernel), undefined)
  assert.is(withArgument(callIn('x |> pool.max(2)'), parameters.bias, 'false'), undefined)
})

s('tensors are found where the signature has them', () => {
  const tensors = (text: string): readonly string[] => tensorsOf(callIn(text)).map(({ span }) => textOf(span))
  assert.equal(tensors('fuse.add(x, a, b)'), ['x', 'a', 'b'])
  assert.equal(tensors('fuse.concat(x, a, axis: 0)'), ['x', 'a'])
  assert.equal(tensors('fuse.average(a, b, channel)'), ['a', 'b'])
  assert.equal(tensors('fuse.sub(b: a, a: b)'), ['b', 'a'])
  assert.equal(tensors('x |> fuse.add(a)'), ['a'])
})

/** The text of a call with another argument. */
function changed(text: string, parameter: Parameter, value: string, change = withArgument): string | undefined {
  const call = callIn(text)
  const found = change(call, parameter, value)
  if (!found) return undefined
  const { span, text: insert } = found.edit
  return `${textOf({ ...call.expr.span, end: span.start })}${insert}${textOf({ ...call.expr.span, start: span.end })}`
}

s('one is added, or a literal gets another value', () => {
  assert.is(changed('x |> conv(8)', parameters.bias, 'false'), 'conv(8, bias: false)')
  assert.is(changed('x |> conv(8, bias: true)', parameters.bias, 'false'), 'conv(8, bias: false)')
  assert.is(changed('x |> pool.max', parameters.roundsUp, 'true'), 'pool.max(ceil: true)')
  assert.is(changed('x |> pool.max(2, 2, valid, false)', parameters.roundsUp, 'true'), 'pool.max(2, 2, valid, true)')
  assert.is(changed('x |> conv(8, bias: biased)', parameters.bias, 'false'), undefined)
})

s('what stands there is replaced, whatever it is, where that is asked for', () => {
  assert.is(changed('x |> conv(8, padding: wide)', parameters.padding, 'same', writeArgument), 'conv(8, padding: same)')
  assert.is(changed('x |> pool.max(2, step)', parameters.stride, '1', writeArgument), 'pool.max(2, 1)')
  assert.is(changed('x |> conv(8, stride:)', parameters.stride, '1', writeArgument), 'conv(8, stride: 1)')
})

s('a call by another name has its arguments by name alone', () => {
  const call: WrittenCall = { ...callIn('x |> conv(8, stride: 2)'), signature: [] }
  assert.is(argumentOf(call, parameters.filters), undefined)
  assert.is(textOf(argumentOf(call, parameters.stride)!.span), '2')
  assert.is(writeArgument(call, parameters.padding, 'same')?.edit.text, ', padding: same')
})

s('another parameter takes the place of one', () => {
  const replaced = (text: string): string | undefined => {
    const call = callIn(text)
    const edit = replaceArgument(call, parameters.size, parameters.like, 'a')
    return edit && `${textOf({ ...call.expr.span, end: edit.span.start })}${edit.text}${textOf({ ...call.expr.span, start: edit.span.end })}`
  }
  assert.is(replaced('x |> resize(28, method: nearest)'), 'resize(like: a, method: nearest)')
  assert.is(replaced('resize(x, 28)'), 'resize(x, like: a)')
  assert.is(replaced('x |> resize(to: 28)'), 'resize(like: a)')
  assert.is(replaced('x |> resize(to:)'), 'resize(like: a)')
  assert.is(replaced('x |> resize(scale: 2)'), undefined)
})

s('the order of the parameters is that of the signature', () => {
  const call = callIn('x |> conv(8, 3x3)')
  const position = (name: string): number => ['x', 'kernel', 'filters'].indexOf(name)
  const exchanged: readonly Formal[] = call.signature.toSorted((a, b) => position(a.name) - position(b.name)).slice(-3)
  assert.is(textOf(argumentOf({ ...call, signature: exchanged }, parameters.kernel)!.span), '8')
})

s.run()
