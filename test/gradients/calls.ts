import { mapOperand, type Call, type Operand } from '../primitives/harness.ts'
import { spaced } from './spaced.ts'

type Batch = 1 | 2

/** Calls of each primitive by its name, whose gradients are compared; the batch is given. */
export const calls: Readonly<Record<string, (batch: Batch) => readonly Call[]>> = {
  conv2d: (batch) => {
    const x = spaced([5, 4, 2], batch)
    const kernel = spaced([3, 2, 2, 3], 'none', 0.2)
    return [
      { x, kernel },
      { x, kernel, stride: [2, 2], padding: 'same' },
      {
        x: spaced([4, 5, 2], batch),
        kernel: spaced([2, 3, 2, 1], 'none', 0.2),
        stride: [1, 2],
        padding: [
          [1, 0],
          [2, 1],
        ],
      },
      { x, kernel: spaced([1, 1, 2, 2], 'none', 0.2), stride: [3, 2], padding: 'same' },
      { x, kernel, dilation: [2, 2], padding: 'same' },
      { x, kernel, dilation: [1, 3] },
      { x, kernel, dilation: [2, 1], stride: [1, 2], padding: 'same' },
      { x: spaced([4, 4, 4], batch), kernel: spaced([2, 2, 2, 2], 'none', 0.2), groups: 2, dilation: [2, 2] },
      { x, kernel: spaced([2, 2, 1, 4], 'none', 0.2), groups: 2, stride: [2, 2] },
      { x, kernel: spaced([2, 2, 2, 2], batch, 0.2), padding: 'same', dilation: [2, 1] },
      { x: spaced([5, 4, 2], 'none'), kernel },
    ]
  },
  conv2d_transpose: (batch) => {
    const x = spaced([3, 4, 2], batch)
    return [
      { x, kernel: spaced([3, 2, 3, 2], 'none', 0.2), stride: [2, 2], padding: 'same' },
      { x, kernel: spaced([2, 3, 1, 2], 'none', 0.2), stride: [1, 2] },
      { x, kernel: spaced([1, 2, 1, 2], 'none', 0.2), stride: [3, 3], padding: 'same' },
      {
        x,
        kernel: spaced([3, 3, 1, 2], 'none', 0.2),
        stride: [2, 1],
        padding: [
          [1, 0],
          [0, 2],
        ],
      },
    ]
  },
  depthwise_conv2d: (batch) => {
    const x = spaced([5, 4, 2], batch)
    const kernel = spaced([3, 3, 2, 1], 'none', 0.2)
    return [
      { x, kernel, padding: 'same' },
      { x, kernel, stride: [2, 2], padding: 'same' },
      { x, kernel: spaced([2, 3, 2, 2], 'none', 0.2), stride: [1, 2] },
      { x, kernel: spaced([1, 1, 2, 2], 'none', 0.2), stride: [3, 3] },
      { x, kernel, dilation: [2, 2], padding: 'same' },
      {
        x,
        kernel,
        dilation: [4, 3],
        padding: [
          [4, 4],
          [3, 3],
        ],
      },
    ]
  },
  matmul: (batch) => [
    { a: spaced([3, 4], batch), b: spaced([4, 2], 'none', 0.2) },
    { a: spaced([4, 3], batch), b: spaced([2, 4], 'none', 0.2), transpose_a: true, transpose_b: true },
    { a: spaced([3, 4], batch), b: spaced([4, 2], batch, 0.2) },
    { a: spaced([4, 3], batch), b: spaced([4, 2], batch, 0.2), transpose_a: true },
    { a: spaced([3, 4], 'none'), b: spaced([2, 4], batch, 0.2), transpose_b: true },
    { a: spaced([4], batch), b: spaced([4, 2], 'none', 0.2) },
    { a: spaced([4], 'none'), b: spaced([4, 2], batch, 0.2) },
  ],
  add: pairs,
  sub: pairs,
  mul: pairs,
  div: (batch) => pairs(batch).map(({ a, b }) => ({ a, b: mapOperand(b as Operand, (value) => value + 2 * Math.sign(value)) })),
  maximum: pairs,
  minimum: pairs,
  compare: (batch) =>
    ['equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'].flatMap((how) =>
      pairs(batch).map((call) => ({ ...call, how })),
    ),
  relu: single,
  sigmoid: single,
  tanh: single,
  elu: single,
  exp: single,
  log: positive,
  sqrt: positive,
  erf: single,
  softplus: single,
  abs: single,
  softmax: (batch) => [[-1], [0], [1], [0, 1], [2, 0]].map((axis) => ({ x: spaced([3, 4, 2], batch), axis })),
  max_pool: (batch) => [...pools(batch), ...pools(batch).map(({ x, ...rest }) => ({ ...rest, x: negative(x as Operand) }))],
  avg_pool: (batch) => [...pools(batch), ...pools(batch).map((call) => ({ ...call, count_padding: true }))],
  reduce_axes: (batch) =>
    ['sum', 'mean', 'max', 'min'].flatMap((how) =>
      [[0], [1], [-1], [0, 1], [0, 1, 2]].flatMap((axis) =>
        [true, false].map((keep) => ({ x: spaced([3, 4, 2], batch), how, axis, keep })),
      ),
    ),
  resize_map: (batch) =>
    ['nearest', 'bilinear'].flatMap((method) =>
      ['half', 'aligned', 'legacy'].flatMap((corners) =>
        [
          [6, 8],
          [5, 7],
          [2, 3],
          [1, 1],
          [3, 9],
        ].map((size) => ({ x: spaced([3, 4, 2], batch), size, method, corners })),
      ),
    ),
  pad_map: (batch) =>
    ['zero', 'reflect', 'symmetric'].flatMap((mode) =>
      [
        [
          [1, 2],
          [2, 1],
        ],
        [
          [0, 2],
          [3, 0],
        ],
      ].map((amounts) => ({ x: spaced([3, 4, 2], batch), amounts, mode })),
    ),
  concatenate: (batch) => [
    { parts: [spaced([2, 3, 2], batch), spaced([2, 3, 1], batch, 0.2), spaced([2, 3, 2], 'none', 0.3)] },
    { parts: [spaced([2, 3], 'none'), spaced([1, 3], batch, 0.2)], axis: 0 },
  ],
  take: (batch) =>
    [
      [[1, 0], -1],
      [[2, 0, 2, 2], 1],
      [[1, 2], 0],
      [[3, 1], 1],
    ].map(([indices, axis]) => ({ x: spaced([3, 4, 2], batch), indices, axis })),
  slice: (batch) => [{ x: spaced([3, 4, 2], batch), begin: [1, 0, 1], size: [2, 3, 1] }],
  reshape: (batch) => [{ x: spaced([3, 4, 2], batch), shape: [6, 4] }],
  transpose: (batch) => [{ x: spaced([3, 4, 2], batch), order: [2, 0, 1] }],
  batch_norm: (batch) =>
    [[4, 3, 2], [2], [3, 2], [2, 2, 3, 2]].flatMap((dims) => {
      const channels = (shift: number): Operand => spaced([2], 'none', shift)
      const call = {
        x: spaced(dims, batch),
        mean: channels(0.2),
        variance: mapOperand(channels(0.3), (value) => 0.5 + Math.abs(value)),
      }
      return [call, { ...call, scale: channels(0.1), offset: channels(0.4) }]
    }),
  dropout: (batch) => [{ x: spaced([3, 4, 2], batch), rate: 0.4 }],
}

function single(batch: Batch): readonly Call[] {
  return [{ x: spaced([3, 4, 2], batch) }, { x: spaced([5], 'none') }]
}

function positive(batch: Batch): readonly Call[] {
  return [{ x: mapOperand(spaced([3, 4, 2], batch), (value) => 0.5 + Math.abs(value)) }]
}

const negative = (x: Operand): Operand => mapOperand(x, (value) => value - 3)

function pairs(batch: Batch): readonly { readonly a: Operand; readonly b: Operand }[] {
  const x = spaced([3, 2, 2], batch)
  return [
    { a: x, b: spaced([3, 2, 2], batch, 0.3) },
    { a: x, b: spaced([3, 2, 2], 'none', 0.3) },
    { a: x, b: spaced([2], 'none', 0.3) },
    { a: spaced([2], batch), b: spaced([3, 2, 2], batch, 0.3) },
    { a: x, b: spaced([], 'none', 0.3) },
    { a: spaced([], batch), b: spaced([3, 2], 'none', 0.3) },
    { a: spaced([3, 1, 2], batch), b: spaced([1, 2, 2], 'none', 0.3) },
    { a: spaced([1, 1, 2], 'none'), b: spaced([3, 2, 1], batch, 0.3) },
  ]
}

function pools(batch: Batch): readonly Call[] {
  const x = spaced([5, 4, 2], batch)
  return [
    { x, size: [2, 2], stride: [2, 2] },
    { x, size: [3, 3], stride: [2, 2], padding: 'same' },
    { x, size: [3, 2], stride: [1, 1], padding: [[1, 2], [0, 1]] },
    { x, size: [2, 3], stride: [2, 2], ceil: true },
    { x, size: [1, 2], stride: [3, 2], padding: 'same' },
  ]
}
