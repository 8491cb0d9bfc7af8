import type { Advice, Context } from '../../elaborate/context.ts'
import { writing } from '../../fixes/writing.ts'
import type { Expr } from '../../syntax/ast.ts'
import { textOf, type Span } from '../../text/source.ts'
import { callTo } from '../surroundings.ts'
import { isBesideOperator, isPiped } from '../written.ts'

/** How something is written here that is a function elsewhere. */
interface Way {
  readonly note: string
  /** With the arguments of a call, where it can be written at its place. */
  readonly text?: (args: readonly string[]) => string | undefined | false
}

/**
 * What to write for a function that nothing here is called like.
 *
 * @param self the tensor whose method it is
 */
export function functionMeant(name: string, callee: Span, ctx: Context, self?: Expr): Advice | undefined {
  const way = ways.get(name.toLowerCase().replaceAll('_', ''))
  if (!way) return undefined
  const call = callTo(callee, ctx)
  const isPlain = call?.args.every(({ kind }) => kind === 'positional') && !isPiped(call.span, ctx)
  const text = call && isPlain ? way.text?.([...(self ? [self] : []), ...call.args.map(({ value }) => value)].map(({ outer, span }) => textOf(outer ?? span))) : undefined
  if (!call || text === undefined || text === false) return { notes: [way.note] }
  const isWhole = isOneCall(text) || !isBesideOperator(call.span, ctx)
  return { notes: [way.note], fixes: [writing(isWhole ? text : `(${text})`, call.span, 'safe')] }
}

/** Whether the bracket that a text begins with ends it. */
const isOneCall = (text: string): boolean => /^\w+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)$/.test(text)

/** What may be written beside an operator as it is. */
const isWord = (text: string | undefined): text is string => text !== undefined && /^[\w.]+$/.test(text)

/** The same of arithmetic, which can be written more than once since nothing is called in it. */
const operand = (text: string | undefined): string | undefined =>
  isWord(text) ? text : text !== undefined && /^[\w.]+(?: [-+*/] [\w.]+)+$/.test(text) ? `(${text})` : undefined

function power([base, exponent]: readonly string[]): string | undefined {
  if (base !== undefined && (exponent === '0.5' || exponent === '1 / 2')) return `sqrt(${base})`
  const times = exponent !== undefined && /^[2-4]$/.test(exponent) ? Number(exponent) : 0
  const factor = operand(base)
  return factor !== undefined && times > 0 ? Array.from({ length: times }, () => factor).join(' * ') : undefined
}

/** An axis that is left out is the last. */
const ofLast = (axis: string | undefined): boolean => axis === undefined || axis === '-1'

const between = ([x, least, most]: readonly string[]): string | undefined =>
  x !== undefined && least !== undefined && most !== undefined ? `min(max(${x}, ${least}), ${most})` : undefined

const clipping: Way = { note: 'between two numbers is min(max(x, least), most)', text: between }
const powers: Way = { note: 'a power is a product, x * x, or exp(n * log(x)) of what is positive', text: power }
const spread: Way = {
  note: 'the variance is reduce.mean(c * c, axes) of c = x - reduce.mean(x, axes, keep: true), the deviation its sqrt; norm.standard divides by it',
}
const choice: Way = { note: 'the place of the largest is no tensor to train with: gather.top takes the largest, fmw run --top names the likeliest classes' }
const waves: Way = { note: 'there are no angles here: give what is computed with them as an input, or as a list of numbers' }

const groups: Way = {
  note: 'a normalisation of groups is reshape(x, [H, W, groups, C / groups]) |> norm.standard over the axes 0, 1 and 3, and reshape back',
}
const recurrence: Way = { note: 'nothing here is recurrent: a loop over parts of a map is a for' }

const gated: Way = { note: 'a gated unit multiplies one half of the channels by an activation of the other: a, b = split(x, 2), then a * sigmoid(b)' }
const sequence: Way = { note: 'a sequence is a map of one row, an input [1, W, C], and its kernel 1x3: conv(filters, 1x3)' }
const weights: Way = { note: 'a weight is declared: param w: [C] = zeros' }
const shuffled: Way = {
  note: 'blocks of channels become pixels by reshape(x, [H, W, C / (r * r), r, r]) |> transpose([0, 3, 1, 4, 2]) |> reshape([H * r, W * r, C / (r * r)]); tf.nn.depth_to_space has [H, W, r, r, C / (r * r)] and [0, 2, 1, 3, 4]',
}

const oneLonger: Way = { note: 'an axis of one element is put in or taken out by reshape: of a vector, reshape(x, [1, 1, x.channels])' }
const normed: Way = { note: 'to length 1 is x / sqrt(reduce.sum(x * x, axis: -1, keep: true) + 1e-12)' }
const repeated: Way = { note: 'a map is repeated by fuse.concat of it with itself; what is added or multiplied is stretched by itself' }
const summed: Way = { note: 'a sum over two axes is a matmul of matrices, or reduce.sum(a * b, axis: …)' }

const mapped: Way = { note: 'what is done with each of a list is a comprehension: [for x in list: f(x)]' }

const ways: ReadonlyMap<string, Way> = new Map<string, Way>([
  ['pow', powers],
  ['power', powers],
  ['square', { note: 'a square is a product: x * x', text: ([x]) => power([x ?? '', '2']) }],
  ['rsqrt', { note: 'one over a root is 1 / sqrt(x)', text: ([x]) => x && `1 / sqrt(${x})` }],
  ['reciprocal', { note: 'one over a tensor is 1 / x', text: ([x]) => operand(x) && `1 / ${operand(x)}` }],
  ['clip', clipping],
  ['clamp', clipping],
  ['clipbyvalue', clipping],
  ['std', spread],
  ['var', spread],
  ['variance', spread],
  ['stddev', spread],
  ['reducestd', spread],
  ['reducevariance', spread],
  ['argmax', choice],
  ['argmin', choice],
  ['topk', choice],
  ['sin', waves],
  ['cos', waves],
  ['tan', waves],
  ['where', { note: 'comparisons are 1 or 0: a choice is mask * a + (1 - mask) * b' }],
  ['sign', { note: 'a sign is (x > 0) - (x < 0)', text: ([x]) => operand(x) && `(${operand(x)} > 0) - (${operand(x)} < 0)` }],
  ['erfc', { note: 'the complement of erf is 1 - erf(x)', text: ([x]) => x && `1 - erf(${x})` }],
  ['softmin', { note: 'a softmin is the softmax of -x', text: ([x, axis]) => operand(x) && ofLast(axis) && `softmax(-${operand(x)})` }],
  ['logsigmoid', { note: 'the logarithm of a sigmoid is -softplus(-x)', text: ([x]) => operand(x) && `-softplus(-${operand(x)})` }],
  ['logsoftmax', { note: 'the logarithm of a softmax is log(softmax(x))', text: ([x, axis]) => x && ofLast(axis) && `log(softmax(${x}))` }],
  ['exp2', { note: 'a power of two is exp(x * log(2))' }],
  ['crelu', { note: 'both signs apart are fuse.concat(relu(x), relu(-x))' }],
  ['celu', { note: 'a CELU is max(x, 0) + min(a * (exp(x / a) - 1), 0); with a of 1 it is elu' }],
  ['rrelu', { note: 'a slope is not drawn at random here: leaky_relu has a fixed one, prelu trains it' }],
  ['glu', gated],
  ['swiglu', gated],
  ['geglu', gated],
  ['log1p', { note: 'the logarithm of one more is log(1 + x)', text: ([x]) => operand(x) && `log(1 + ${operand(x)})` }],
  ['expm1', { note: 'one less than an exponential is exp(x) - 1', text: ([x]) => x && `exp(${x}) - 1` }],
  ['normalize', normed],
  ['l2normalize', normed],
  ['squeeze', oneLonger],
  ['unsqueeze', oneLonger],
  ['expanddims', oneLonger],
  ['repeat', repeated],
  ['tile', repeated],
  ['einsum', summed],
  ['stack', { note: 'maps are put beside each other by fuse.concat; a new axis is made by reshape of each before it' }],
  ['conv3d', { note: 'a map has two sizes: frames are channels, or a loop over maps' }],
  ['conv1d', sequence],
  ['parameter', weights],
  ['pixelshuffle', shuffled],
  ['depthtospace', shuffled],
  ['sort', { note: 'nothing is sorted here: gather.top takes the largest' }],
  ['map', mapped],
  ['groupnorm', groups],
  ['groupnormalization', groups],
  ['embedding', { note: 'a table is a weight: declare param table: [words, width], and take its rows by a matmul with one-hot rows' }],
  ['lstm', recurrence],
  ['gru', recurrence],
])
