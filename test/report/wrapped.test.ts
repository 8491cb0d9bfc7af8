import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { wrapped } from '../../src/compiler/report/wrapped.ts'

const s = suite('texts in lines')

s('are broken between words, where a screen has no more room', () => {
  assert.equal(wrapped('one two three four', 9), ['one two', 'three', 'four'])
  assert.equal(wrapped('one two three four', 9, '  '), ['one two', '  three', '  four'])
  assert.equal(wrapped('one two three four', undefined), ['one two three four'])
})

s('keep their own line breaks, and a word that is too wide', () => {
  assert.equal(wrapped('one\ntwo three', 20), ['one', 'two three'])
  assert.equal(wrapped('a convolution b', 5), ['a', 'convolution', 'b'])
})

s('are measured in columns: ideographs take two', () => {
  assert.equal(wrapped('画像 画像 画像', 9), ['画像 画像', '画像'])
})

s('keep shapes whole, and break longer lists', () => {
  assert.equal(wrapped('[28, 28, 3] and [7, 7, 64]', 16), ['[28, 28, 3] and', '[7, 7, 64]'])
  assert.equal(wrapped('[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]', 20).length, 2)
})

s.run()
