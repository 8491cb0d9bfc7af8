import type ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runtimeFiles } from '../../../src/codegen/tfjs/runtime-files.ts'
import { readRuntimeFile } from '../../../src/runtime/files/runtime-file.ts'
import { typeErrors } from './compiled.ts'

const s = suite('the types of shapes')

const texts = Object.fromEntries(runtimeFiles(readRuntimeFile))

/** What TypeScript says of statements that use two emitted modules. */
const said = (statements: readonly string[], options: ts.CompilerOptions = {}): readonly string[] =>
  typeErrors(
    {
      ...texts,
      'stem.ts': `import type { Maps } from './fmw-runtime.ts'
export type StemInputs = { readonly image: Maps<32, 32, 1>; readonly depth: Maps<16, 32, 1> }
export type StemOutputs = { readonly maps: Maps<28, 28, 6> }
export declare function stem(inputs: StemInputs): StemOutputs
`,
      'head.ts': `import type { Maps, Vectors } from './fmw-runtime.ts'
export type HeadInputs = { readonly maps: Maps<28, 28, 6> }
export type HeadOutputs = { readonly logits: Vectors<10> }
export declare function head(inputs: HeadInputs): HeadOutputs
export declare function wide(inputs: { readonly maps: Maps<28, 28, 16> }): HeadOutputs
export declare function any<H extends number, W extends number>(maps: Maps<H, W, 6>): Maps<H, W, 12>
`,
      'use.ts': `import type * as tf from '@tensorflow/tfjs-core'
import type { Maps } from './fmw-runtime.ts'
import { any, head, wide } from './head.ts'
import { stem } from './stem.ts'
export declare const image: Maps<32, 32, 1>
export declare const depth: Maps<16, 32, 1>
export declare const plain: tf.Tensor4D
export declare const single: Maps<32, 32, 1, 1>
export const used = [any, head, wide, stem]
${statements.join('\n')}
`,
    },
    options,
  )

s('what fits is accepted, and a plain tensor of the rank is too', () => {
  assert.equal(
    said([
      'export const logits: tf.Tensor2D = head(stem({ image, depth })).logits',
      'export const from = stem({ image: plain, depth: plain })',
      'export const one = stem({ image: single, depth })',
      'export const twelve: Maps<28, 28, 12> = any(stem({ image, depth }).maps)',
      'export const open: Maps<number, number, 12> = any(plain)',
    ]),
    [],
  )
})

s('other channels, another size and inputs that are exchanged are messages of two lines', () => {
  const differs = (found: string, wanted: string, one: string, other: string): string =>
    `Type '${found}' is not assignable to type '${wanted}'.\n  Type '${one}' is not assignable to type '${other}'.`
  const wrong = [
    'export const channels = wide({ maps: stem({ image, depth }).maps })',
    'export const size: Maps<28, 30, 12> = any(stem({ image, depth }).maps)',
    'export const exchanged = stem({ image: depth, depth: image })',
    'export const batch: Maps<32, 32, 1, 2> = single',
  ]
  const expected = [
    differs('Maps<28, 28, 6, number>', 'Maps<28, 28, 16, number>', '6', '16'),
    differs('Maps<28, 28, 12, number>', 'Maps<28, 30, 12, number>', '28', '30'),
    differs('Maps<16, 32, 1, number>', 'Maps<32, 32, 1, number>', '16', '32'),
    differs('Maps<32, 32, 1, number>', 'Maps<16, 32, 1, number>', '32', '16'),
    differs('Maps<32, 32, 1, 1>', 'Maps<32, 32, 1, 2>', '1', '2'),
  ]
  assert.equal(said(wrong, { exactOptionalPropertyTypes: false }), expected)
  // this flag has an advice of its own for every property that may be missing
  const advice = " with 'exactOptionalPropertyTypes: true'. Consider adding 'undefined' to the types of the target's properties"
  assert.equal(
    said(wrong).map((message) => message.replace(advice, '')),
    expected,
  )
})

s('another rank is an error', () => {
  const [message, ...more] = said(['export const rank: Maps<28, 28, 6> = head({ maps: plain }).logits'])
  assert.match(message!, /^Type 'Vectors<10, number>' is not assignable to type 'Maps<28, 28, 6, number>'/)
  assert.equal(more, [])
})

s.run()
