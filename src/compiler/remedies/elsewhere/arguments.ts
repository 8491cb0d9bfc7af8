import type { Formal } from '../../elaborate/formals.ts'
import { printFloat } from '../../elaborate/value.ts'
import { opParts } from '../../library/op-parts.ts'
import type { Extent } from '../../graph/graph.ts'
import type { Argument, Expr } from '../../syntax/ast.ts'
import { textOf } from '../../text/source.ts'
import { parameterMeant, parameterMissed } from '../other-frameworks.ts'
import { axesHere, countedOtherwise, isCountedAlike, numbersOf } from './axes.ts'
import type { Framework } from './frameworks.ts'

/** What an argument of another framework is here. */
export interface Translated {
  /** Parameters here with their values; none where nothing takes its place. */
  readonly args: readonly (readonly [name: string, text: string])[]
  /** It says the same, whatever comes in. */
  readonly isSure: boolean
  /** False where nothing here does the same. */
  readonly isPossible?: false
  readonly note?: string
}

/** The call that an argument stands in. */
export interface Called {
  readonly word: string
  /** The op here. */
  readonly op: string
  readonly framework: Framework | undefined
  readonly formals: readonly Formal[]
  readonly args: readonly Argument[]
  /** The same by their names elsewhere. */
  readonly given: ReadonlyMap<string, Expr>
  /** Of the tensor that it is called with, if that is known. */
  readonly shape: readonly Extent[] | undefined
}

const same = (...args: Translated['args']): Translated => ({ args, isSure: true })
const none = (note: string): Translated => ({ args: [], isSure: false, isPossible: false, note })
const other = (note: string | undefined, ...args: Translated['args']): Translated => ({ args, isSure: false, ...(note !== undefined && { note }) })

/** What an argument is here, by its name elsewhere; several where it may be either. */
export function argumentHere(name: string, value: Expr, called: Called): readonly Translated[] {
  const own = ruleFor(name, value, called)
  if (own) return [own]
  const names = called.formals.map((formal) => formal.name)
  const ours = names.includes(name) ? name : parameterMeant(name, names)
  if (ours === undefined) return [unknown(name, value)]
  const formal = called.formals.find((one) => one.name === ours)
  if (formal?.name === 'axis') return axisHere(value, called)
  return [same([ours, valueHere(value, formal)])]
}

/** A parameter that the op here has not: what nobody needs is left out, and so is what is set to nothing. */
function unknown(name: string, value: Expr): Translated {
  const missed = parameterMissed(name)
  if (value.kind === 'none' || (value.kind === 'name' && value.name === 'None')) return same()
  return missed?.isNeedless || name === 'name' ? other(missed?.instead) : none(missed?.instead ?? `nothing here is told its ${name}`)
}

/** What an argument is that is more than another name. */
export const ruleFor = (name: string, value: Expr, called: Called): Translated | undefined =>
  ofOp.get(opParts(called.op).family ?? called.op)?.(name, value, called) ?? ofName.get(name)?.(value, called)

/** A value without the quotes of a word, and `True` as it is written here. */
function valueHere(value: Expr, formal: Formal | undefined): string {
  const [word, ...others] = value.kind === 'text' ? value.parts : []
  if (typeof word === 'string' && others.length === 0 && (formal?.words ?? formal?.isBlock) && /^\w+$/.test(word)) return word.toLowerCase()
  return truth(value) === undefined ? textOf(value.outer ?? value.span) : String(truth(value))
}

function truth(value: Expr): boolean | undefined {
  if (value.kind === 'bool') return value.value
  return value.kind === 'name' && /^(True|False)$/.test(value.name) ? value.name === 'True' : undefined
}

type Rule = (value: Expr, called: Called) => Translated | undefined

const leftOut = (): Translated => same()
const ofInput = (): Translated => other(undefined)

const isWord = (value: Expr, ...words: readonly string[]): boolean => {
  const [word] = value.kind === 'text' ? value.parts : value.kind === 'name' ? [value.name] : []
  return typeof word === 'string' && words.includes(word.toLowerCase())
}

const weightsOfNorm = (value: Expr): Translated | undefined => (truth(value) === true ? same() : truth(value) === false ? same(['scale', 'false'], ['offset', 'false']) : undefined)

const ofName: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['in_channels', ofInput],
  ['in_features', ofInput],
  ['num_features', (value) => (value.kind === 'number' && value.float ? none('the first number of a normalisation is epsilon here, and that of channels in PyTorch') : other(undefined))],
  ['approximate', (value) => (isWord(value, 'tanh', 'none') ? same(...(isWord(value, 'tanh') ? ([['approximate', 'true']] as const) : [])) : undefined)],
  ['num_parameters', (value) => (value.kind === 'number' && value.float ? same(['init', textOf(value.span)]) : other('the number of PyTorch\'s PReLU is that of channels: the map brings it'))],
  ['normalized_shape', (value) => (value.kind === 'list' && value.items.length > 1 ? other(undefined, ['axis', `[${value.items.map((_, axis) => axis).join(', ')}]`]) : other(undefined))],
  ['input_shape', leftOut],
  ['data_format', (value) => (isWord(value, 'channels_first') ? other('channels are always last') : same())],
  ['dtype', leftOut],
  ['device', leftOut],
  ['inplace', leftOut],
  ['training', leftOut],
  ['track_running_stats', (value) => (truth(value) === false ? undefined : same())],
  ['affine', weightsOfNorm],
  ['elementwise_affine', weightsOfNorm],
  ['keep_prob', (value) => (value.kind === 'number' ? other('dropout is told what is dropped', ['rate', printFloat(1 - value.value)]) : undefined)],
  ['padding_mode', (value) => (isWord(value, 'zeros') ? same() : undefined)],
])

type OpRule = (name: string, value: Expr, called: Called) => Translated | undefined

/** By the op here, or its family. */
const ofOp: ReadonlyMap<string, OpRule> = new Map<string, OpRule>([
  ['resize', ofResize],
  ['pad', ofPad],
  ['norm', ofNorm],
  ['pool', ofPool],
  ['split', ofSplit],
  ['crop', ofCrop],
  ['conv', ofConvolution],
  ['relu6', (name) => (name === 'max_value' ? same() : undefined)],
  ['flatten', (name, value) => (name === 'start_dim' && numbersOf(value)?.[0] !== 1 ? none('all axes become one; rows and columns together, in each channel, are reshape(x, [H * W, C])') : name === 'end_dim' || name === 'start_dim' ? same() : undefined)],
])

function ofResize(name: string, value: Expr, { framework, formals }: Called): Translated | undefined {
  const [factor, another = factor] = numbersOf(value) ?? []
  const isFactor = name === 'scale_factor' || (name === 'size' && (framework === 'keras' || (value.kind === 'number' && value.value <= mostTimes)))
  if (isFactor) return other(undefined, ['scale', factor !== undefined && factor === another ? printFloat(factor) : textOf(value.span)])
  if (name === 'size') return other(undefined, ['to', textOf(value.span)])
  if (name === 'align_corners') return truth(value) === undefined ? undefined : same(...(truth(value) ? ([['corners', 'aligned']] as const) : []))
  if (name !== 'mode' && name !== 'interpolation') return undefined
  return same(['method', valueHere(value, formals.find((formal) => formal.name === 'method'))])
}

/** A number that is no larger says how many times as large a map becomes, and not how large. */
const mostTimes = 8

/** PyTorch's padding begins with the last axis, and names left and right before top and bottom. */
function ofPad(name: string, value: Expr, { framework, formals }: Called): Translated | undefined {
  if (name === 'mode') return isWord(value, 'constant') ? same() : same(['mode', valueHere(value, formals.find((formal) => formal.name === 'mode'))])
  if (name !== 'pad' && name !== 'padding' && name !== 'paddings' && name !== 'amount') return undefined
  const sides = value.kind === 'list' ? value.items.map((item) => textOf(item.value.span)) : []
  if (framework !== 'torch' || sides.length === 0) return sides.length > 2 ? ofAxes(sides) : same(['amount', textOf(value.span)])
  const [left, right, top, bottom] = sides
  const rows = top === undefined ? [0, 0] : [top, bottom]
  if (sides.length !== 2 && sides.length !== 4) return undefined
  return other('PyTorch pads left and right before top and bottom: here it is [[top, bottom], [left, right]]', ['amount', `[[${rows.join(', ')}], [${left}, ${right}]]`])
}

/** Those of each axis, with the batch before and the channels behind height and width. */
const ofAxes = (sides: readonly string[]): Translated | undefined =>
  sides.length === 4 && sides[0] === '[0, 0]' && sides[3] === '[0, 0]' ? other(undefined, ['amount', `[${sides[1]}, ${sides[2]}]`]) : undefined

function ofNorm(name: string, value: Expr, { op, framework }: Called): Translated | undefined {
  if (name === 'center') return same(['offset', valueHere(value, undefined)])
  if (name === 'momentum' && framework === 'torch') {
    const momentum = value.kind === 'number' ? printFloat(1 - value.value) : `1 - ${textOf(value.span)}`
    return op === 'norm.instance' ? other(undefined) : other(`PyTorch's momentum is what a batch counts, here it is what is kept: ${textOf(value.span)} is ${momentum}`, ['momentum', momentum])
  }
  const axes = name === 'axis' && op === 'norm.batch' ? numbersOf(value) : undefined
  return axes && (axes[0] === -1 || axes[0] === 3) ? same() : undefined
}

function ofPool(name: string, value: Expr, { op }: Called): Translated | undefined {
  if ((name === 'dilation' && numbersOf(value)?.[0] === 1) || (name === 'return_indices' && truth(value) === false)) return same()
  if (op !== 'pool.global' && op !== 'pool.global_max') return undefined
  const isOne = name === 'output_size' && (numbersOf(value)?.every((extent) => extent === 1) || (value.kind === 'size' && value.values.every((extent) => extent === 1)))
  if (isOne) return same()
  if (name === 'output_size') return none('to so many places a map of H rows is pooled by windows of H over that many: pool.avg(size: …)')
  return name === 'keepdims' ? other('the result is a vector [C], which a map is weighted by as it is') : undefined
}

/** Keras crops so many rows and columns from each side, here the size is said that is left. */
function ofCrop(name: string, value: Expr, { shape }: Called): Translated | undefined {
  if (name !== 'cropping' && name !== 'like') return undefined
  const [height, width] = (shape ?? []).map(({ dim }) => dim)
  const note = 'crop keeps the middle of a size, crop(size: [H - 2, W - 2]); from each side another number is cut off by x[1:H - 1, 2:W - 2]'
  if (value.kind !== 'number' || typeof height !== 'number' || typeof width !== 'number') return none(note)
  return other(note, ['size', `${height - 2 * value.value}x${width - 2 * value.value}`])
}

/** Rows that PyTorch adds at the end of a transposed convolution are less of what its padding cuts off. */
function ofConvolution(name: string, value: Expr, { op, given }: Called): Translated | undefined {
  if (op !== 'conv.transpose') return undefined
  const [padding, added] = [given.get('padding'), given.get('output_padding')]
  if (name === 'output_padding') return padding ? other(undefined) : none('more rows at the end are a larger kernel, or less padding there: padding: [[1, 0], [1, 0]]')
  if (name !== 'padding' || !added || value.kind !== 'number' || added.kind !== 'number' || added.value > value.value) return undefined
  const ends = `[${value.value}, ${value.value - added.value}]`
  return other('with an output_padding less is cut off at the end', ['padding', `[${ends}, ${ends}]`])
}

/** PyTorch's split is told how large a part is, chunk and the splits of others how many there are. */
function ofSplit(name: string, value: Expr, { word, framework, given, shape }: Called): Translated | undefined {
  const isFirst = name === 'parts' || name === 'split_size' || name === 'split_size_or_sections' || name === 'chunks' || name === 'num_or_size_splits'
  if (!isFirst) return undefined
  if (value.kind === 'list') return ofSizes(value)
  if (word !== 'split' || framework !== 'torch') return same(['parts', textOf(value.span)])
  const along = given.get('dim') ?? given.get('axis')
  const [axis] = (along && numbersOf(along)) ?? []
  const [here] = axis === undefined ? [] : axesHere([axis], framework, shape?.length)
  const extent = here && shape?.at(here[0]!)?.dim
  const note = "PyTorch's split is told how large a part is, here it is how many there are"
  if (value.kind !== 'number' || typeof extent !== 'number' || extent % value.value !== 0) return none(note)
  return other(`${note}: of ${extent} those of ${value.value} are ${extent / value.value}`, ['parts', String(extent / value.value)])
}

function ofSizes(sizes: Expr): Translated {
  const numbers = numbersOf(sizes) ?? []
  const isEven = numbers.length > 0 && numbers.every((size) => size === numbers[0])
  return isEven ? other(undefined, ['parts', String(numbers.length)]) : none('parts are equally large: unequal ones are slices, x[:, :, :8] and x[:, :, 8:]')
}

/** An axis, or several, as they are counted here. */
function axisHere(value: Expr, { word, op, framework, shape }: Called): readonly Translated[] {
  // who names a family of the library counts as it does
  if (word.includes('.')) return [same(['axis', textOf(value.span)])]
  const axes = numbersOf(value)
  if (!axes) return [other(countedOtherwise, ['axis', textOf(value.span)])]
  const last = (shape?.length ?? 3) - 1
  if (isCountedAlike(axes)) return [same(...(op === 'fuse.concat' && axes[0] === -1 ? [] : ([['axis', textOf(value.span)]] as const)))]
  return axesHere(axes, framework, shape?.length).map((here) =>
    other(countedOtherwise, ...(op === 'fuse.concat' && here[0] === last && framework !== 'numpy' ? [] : ([['axis', value.kind === 'list' ? `[${here.join(', ')}]` : here.join()]] as const))),
  )
}
