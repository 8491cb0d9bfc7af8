import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { headingsOf } from '../../src/codegen/tfjs/heading.ts'
import { createNamer } from '../../src/codegen/tfjs/names.ts'
import { shortPaths } from '../../src/codegen/tfjs/short-path.ts'

const segmentsIn = (path: string): readonly string[] => path.split('/')

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

const headings = suite('headings in emitted code')

headings('are the innermost scopes of at least four values, or else the outermost', () => {
  const big = ['conv/conv2d', 'conv/add', 'norm', 'relu'].map((path) => `x/0/Block/${path}`)
  assert.equal(headingsOf([...big, 'x/1/conv/conv2d', 'x/1/relu', 'logits'].map(segmentsIn)), [...big.map(() => 'x/0/Block'), 'x', 'x', ''])
})

const short = suite('short paths')

const shortened = (library: boolean, ...paths: readonly string[]): readonly string[] =>
  shortPaths(paths.map((path) => ({ segments: segmentsIn(path), library })))

short('leave out a scope that holds all there is in the one around it', () => {
  assert.equal(shortened(false, 'logits/Net/x/0/Block/add', 'logits/Net/x/0/Block/relu', 'logits/Net/x/1/Block/add'), [
    '0/add',
    '0/relu',
    '1/add',
  ])
  assert.equal(shortened(false, 'gate/sigmoid', 'y/mul'), ['gate/sigmoid', 'y/mul'])
})

short('leave out, inside the library, a scope of one value, but not the user’s name for it', () => {
  const paths = ['a/conv/y/conv2d', 'a/conv/add', 'a/scale/mul', 'gate/sigmoid']
  assert.equal(shortened(true, ...paths), ['a/conv/conv2d', 'a/conv/add', 'a/mul', 'gate/sigmoid'])
  assert.equal(shortened(false, ...paths), ['a/conv/y/conv2d', 'a/conv/add', 'a/scale/mul', 'gate/sigmoid'])
})

short('tell values apart that are also scopes of others', () => {
  assert.equal(shortened(false, 'a', 'a/b', 'a/b/c', 'a/d'), ['a', 'a/b', 'a/b/c', 'a/d'])
})

s.run()
short.run()
headings.run()
