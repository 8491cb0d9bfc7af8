import type { WeightNode } from '../../src/compiler/graph/graph.ts'
import type { Initializer } from '../../src/compiler/graph/initializer.ts'

const origin = { span: { source: { path: 'test.fmw', text: '', library: false }, start: 0, end: 0 }, frame: undefined }

/** A trainable weight as the compiler makes it. */
export const weightNode = (
  path: string,
  shape: readonly number[],
  init: Initializer = { kind: 'constant', value: 0 },
): WeightNode => ({
  kind: 'param',
  id: 0,
  path,
  segments: path.split('/'),
  type: { shape: shape.map((dim) => ({ dim, origin })), depends: 'weights' },
  scope: 0,
  statement: origin.span,
  origins: [origin],
  init,
  trainable: true,
})
