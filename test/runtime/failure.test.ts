import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Failure, failIfAny, problem } from '../../src/runtime/failure/failure.ts'
import { problems } from '../../src/runtime/failure/problems.ts'

const s = suite('failures of a run')

s('a problem is the sentence of its code with the facts put in', () => {
  const { code, message } = problem('weights/shape', {
    weight: 'stem/conv/kernel',
    expected: '[3, 3, 3, 64]',
    actual: '[3, 3, 1, 64]',
  })
  assert.is(code, 'weights/shape')
  assert.is(message, 'the weight stem/conv/kernel is [3, 3, 3, 64] in the model and [3, 3, 1, 64] in the file')
})

s('facts are put in as they are, also when they look like a slot', () => {
  assert.match(problem('backend/unavailable', { backend: '{reason}', reason: '$& {backend}' }).message, 'the {reason} backend')
  assert.match(problem('backend/unavailable', { backend: 'x', reason: '$& {backend}' }).message, '$& {backend}')
})

s('a failure lists every problem with its file', () => {
  const failure = new Failure([
    problem('input/unreadable', { reason: 'it is a folder' }, { file: 'a.png' }),
    problem('backend/unavailable', { backend: 'node', reason: 'it is not installed' }),
  ])
  assert.is(failure.problems.length, 2)
  assert.is(
    failure.message,
    'a.png: the file cannot be read: it is a folder\nthe node backend cannot be used: it is not installed',
  )
})

s('nothing fails when nothing was found', () => {
  failIfAny([])
  assert.throws(() => failIfAny([problem('input/npy', { reason: 'x' })]), (error: unknown) => error instanceof Failure)
})

s('every problem has a one-line sentence, and a page with an example to copy', () => {
  for (const [code, { message, help }] of Object.entries(problems)) {
    assert.match(code, /^[a-z]+\/[a-z-]+$/)
    assert.not.match(message, /\n|\.$/, code)
    assert.match(help, /\n\n {4}\S.*$/, `${code} ends with an indented example`)
    assert.ok(help.split('\n')[0]!.length > 80, `${code} explains itself`)
  }
})

s.run()
