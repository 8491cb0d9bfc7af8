import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createNamer } from '../../src/codegen/tfjs/module/names.ts'

const s = suite('names in emitted code')

const named = (...paths: readonly string[]): readonly string[] => paths.map(createNamer(['weights']).ofPath)

s('are the scopes of a path in camel case', () => {
  assert.equal(named('stage1/0/attention/dense', 'x/0/Bottleneck', 'RGBStem/relu', 'SE/gate', 'C5'), [
    'stage1_0AttentionDense',
    'x0Bottleneck',
    'rgbStemRelu',
    'seGate',
    'c5',
  ])
})

s('say a word once that the next one repeats', () => {
  assert.equal(named('c5/conv/conv2d', 'y/relu/relu', 'y/relu_2', 'c/conv'), ['c5Conv2d', 'yRelu', 'yRelu2', 'cConv'])
})

s('are unique, also where paths only differ in their separators', () => {
  assert.equal(named('a/b', 'a_b', 'aB', 'a/b'), ['aB', 'aB_2', 'aB_3', 'aB_4'])
  assert.equal(named('x/1/12', 'x/11/2'), ['x1_12', 'x11_2'])
})

s('are no words of the language, of the module or of JavaScript’s globals', () => {
  assert.equal(named('class', 'new', 'tf', 'weights', 'await', 'Math'), [
    'class_2',
    'new_2',
    'tf_2',
    'weights_2',
    'await_2',
    'math',
  ])
})

s('begin with a letter or an underscore', () => {
  assert.equal(named('0/conv', '3x3', 'größe/über'), ['_0Conv', '_3x3', 'größeÜber'])
})

s('keep a user’s name where it is free', () => {
  const { ofName } = createNamer()
  assert.equal(['H', 'Left_eye', 'in', 'H'].map(ofName), ['H', 'Left_eye', 'in_2', 'H_2'])
})

s.run()
