import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileText } from '../compile-text.ts'

const s = suite('names that are mistyped, and names that are others')

/** How sure it is that another name is meant, the only one that is near. */
function safetyOf(written: string, made: string): string | undefined {
  const text = `model M {\n  input x: [8, 8, 4]\n  ${made} = relu(x)\n  output y = ${written} * 2\n}`
  const [error] = compileText(text).diagnostics.filter(({ severity }) => severity === 'error')
  return error?.fixes[0]?.edits[0]?.text === made ? error.fixes[0].safety : undefined
}

const names: readonly (readonly [written: string, made: string, safety: 'safe' | 'unsafe' | undefined])[] = [
  ['gama', 'gamma', 'safe'],
  ['encoed', 'encoded', 'safe'],
  ['skip', 'skips', 'safe'],
  ['rigth', 'right', 'safe'],
  ['encodded', 'encoded', 'safe'],
  ['fetaures', 'features', 'safe'],
  ['Features', 'features', 'safe'],
  ['feature_map', 'featureMap', 'safe'],
  ['fratures', 'features', 'safe'],
  ['encoder', 'encoded', 'unsafe'],
  ['masked', 'masker', 'unsafe'],
  ['tower', 'lower', 'unsafe'],
  ['conv2', 'conv1', 'unsafe'],
  ['feat_c', 'feat_a', 'unsafe'],
  ['merged', 'marked', 'unsafe'],
  ['decoder', 'features', undefined],
]

for (const [written, made, safety] of names)
  s(`${written} for ${made}: ${safety ?? 'another name'}`, () => assert.is(safetyOf(written, made), safety))

s.run()
