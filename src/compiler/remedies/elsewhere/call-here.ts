import { signatureOf } from '../../library/signature-of.ts'
import type { Extent } from '../../graph/graph.ts'
import type { Modules } from '../../reading/module.ts'
import type { Argument, Expr } from '../../syntax/ast.ts'
import { textOf } from '../../text/source.ts'
import { argumentHere, type Called, type Translated } from './arguments.ts'
import { inOrder, isInOrder } from './extents-in-order.ts'
import { frameworkOf } from './frameworks.ts'
import { orderOf } from './signatures.ts'

/** A call of another framework, without the tensors that it is called with. */
interface Theirs {
  readonly word: string
  readonly module: string | undefined
  /** The op here that it means, and what that op is called with to be it. */
  readonly op: string
  readonly with: readonly (readonly [name: string, text: string])[]
  readonly args: readonly Argument[]
  /** How many tensors it is called with. */
  readonly tensors: number
  /** Of the tensor that it is called with, if that is known. */
  readonly shape: readonly Extent[] | undefined
}

/** The same call here. */
export interface Ours {
  readonly op: string
  readonly args: readonly string[]
  readonly notes: readonly string[]
  /** It says the same, whatever comes in. */
  readonly isSure: boolean
  /** It can be said at all. */
  readonly isPossible: boolean
}

/** What a call of another framework is here, the likeliest first; none where the op has no parameters that are known. */
export function callsHere(theirs: Theirs, modules: Modules): readonly Ours[] {
  const { word, module, args } = theirs
  const framework = frameworkOf(word, module, args)
  const op = opOf(theirs)
  const known = signatureOf(op, modules)
  const signature = known ?? []
  const formals = signature.filter((formal) => !formal.tensor || formal.name === 'like')
  const isVariadic = signature.some(({ variadic }) => variadic)
  // a number stands for a tensor too
  const numbers = known === undefined || isVariadic ? Infinity : signature.filter(({ tensor, required }) => tensor && required).length - Math.max(1, theirs.tensors)
  const order = orderOf(word, framework, args) ?? formals.map(({ name }) => name)
  const named = args.map((arg, place) => nameOf(arg, place, op, order))
  const given = new Map(args.flatMap(({ value }, i) => (named[i] === undefined ? [] : [[named[i], value] as const])))
  const called: Called = { ...theirs, op, framework, formals, given }
  if (isInOrder(op, args)) return inOrder(called)
  const alternatives = args.map((arg, i): readonly Placed[] => {
    const isPositional = arg.kind !== 'named'
    const [name, isSpread] = [named[i], arg.kind === 'spread']
    if (name === undefined) return [{ args: [['', textOf(arg.span)]], isSure: true, isPositional, ...(!isSpread && i >= numbers && { isPossible: false }) }]
    return argumentHere(name, arg.value, called).map((one) => ({ ...one, isPositional }))
  })
  const most = Math.max(1, ...alternatives.map((one) => one.length))
  return Array.from({ length: most }, (_, i) => ours(op, alternatives.map((one) => one[Math.min(i, one.length - 1)]!), theirs, called, !isVariadic))
}

interface Placed extends Translated {
  readonly isPositional: boolean
}

/** A ReLU that ends at 6 has a name of its own. */
const opOf = ({ op, args: [first] }: Theirs): string =>
  op === 'relu' && first?.value.kind === 'number' && first.value.value === 6 && (first.kind === 'positional' || (first.kind === 'named' && first.name.name === 'max_value')) ? 'relu6' : op

function nameOf(arg: Argument, place: number, op: string, order: readonly string[]): string | undefined {
  if (arg.kind !== 'positional') return arg.kind === 'named' ? arg.name.name : undefined
  return op === 'relu6' && arg.value.kind === 'number' ? 'max_value' : order[place]
}

function ours(op: string, translated: readonly Placed[], theirs: Theirs, called: Called, isPositional: boolean): Ours {
  const { formals } = called
  const given = translated.flatMap(({ args }) => args.map(([name]) => name))
  const added = addedHere(op, given, theirs, called)
  const items = [
    ...translated.filter(({ isPositional }) => isPositional).flatMap(({ args }) => args.map((arg) => [...arg, true] as const)),
    ...theirs.with.filter(([name]) => !given.includes(name)).map((arg) => [...arg, arg[0] === 'kernel'] as const),
    ...translated.filter(({ isPositional }) => !isPositional).flatMap(({ args }) => args.map((arg) => [...arg, false] as const)),
    ...added.args.map((arg) => [...arg, false] as const),
  ]
  // what follows any number of tensors has a name
  let isOrdered = isPositional
  const args = items.map(([name, text, isPositional], place) => {
    isOrdered &&= isPositional && (name === '' || formals[place]?.name === name)
    return isOrdered || name === '' ? text : `${name}: ${text}`
  })
  return {
    op,
    args,
    notes: [...new Set([...translated.flatMap(({ note }) => note ?? []), ...(added.note === undefined ? [] : [added.note])])],
    isSure: added.isSure && translated.every(({ isSure }) => isSure),
    isPossible: translated.every(({ isPossible }) => isPossible !== false),
  }
}

/** What a call does elsewhere without being told, and what is to be said here. */
function addedHere(op: string, given: readonly string[], { word, with: own, args: written }: Theirs, { framework, given: theirs }: Called): Translated {
  const padding = theirs.get('padding')
  const has = (name: string): boolean => given.includes(name) || own.some(([one]) => one === name)
  // the resize of TensorFlow is bilinear too
  if (op === 'resize' && word !== 'resize' && !has('method'))
    return { args: [['method', 'nearest']], isSure: false, note: 'without a method it takes the nearest element elsewhere, here it is bilinear' }
  if (op === 'conv.transpose' && !has('stride') && framework !== undefined && framework !== 'numpy')
    return { args: [['stride', '1']], isSure: true, note: 'without a stride it is 1 elsewhere, here 2' }
  if (op === 'pool.avg' && framework === 'torch' && given.includes('padding') && !isNothing(padding) && !has('count_padding'))
    return { args: [['count_padding', 'true']], isSure: true, note: "PyTorch's average counts the zeros of the padding" }
  if (op === 'conv2d' && framework === 'torch')
    return { args: [], isSure: false, note: 'a kernel is [height, width, channels, filters] here, and [filters, channels, height, width] in PyTorch' }
  if (op === 'norm.batch' && framework === 'torch') return { args: [], isSure: true, ...defaultsOfBatchNorm(has('epsilon'), has('momentum')) }
  const isOfTorch = op === 'norm.instance' && framework === 'torch'
  const isAffine = written.some((arg) => arg.kind === 'named' && arg.name.name === 'affine')
  if (isOfTorch && !isAffine) return { args: [['scale', 'false'], ['offset', 'false']], isSure: true, note: "PyTorch's InstanceNorm has no weights unless affine is true" }
  if (op === 'split' && !has('axis')) return { args: [], isSure: false, note: 'without an axis it is the first elsewhere, here the last' }
  if ((op === 'reduce.max' || op === 'reduce.min') && framework === 'torch' && word.startsWith('m') && has('axis'))
    return { args: [], isSure: false, note: 'PyTorch gives the values and their places, [0] and [1]: here it is the values alone' }
  if (op === 'conv' && word === 'Conv' && written.filter(({ kind }) => kind === 'positional').length > 2)
    return { args: [], isSure: false, note: 'filters are the first argument: how many channels come in the map says' }
  if (op === 'dropout' && /2d$/i.test(word))
    return { args: [], isSure: false, note: 'elsewhere whole channels are dropped, here elements' }
  if (op === 'leaky_relu' && (framework === 'keras' || (framework !== 'torch' && /LeakyR/.test(word))) && !has('slope'))
    return { args: [], isSure: false, note: 'the slope is 0.01 in PyTorch and here, 0.3 in Keras, 0.2 in TensorFlow' }
  return { args: [], isSure: true }
}

function defaultsOfBatchNorm(hasEpsilon: boolean, hasMomentum: boolean): { readonly note?: string } {
  const others = [...(hasEpsilon ? [] : ['epsilon: 1e-5']), ...(hasMomentum ? [] : ['momentum: 0.9'])]
  return others.length > 0 ? { note: `to have those of PyTorch too, write ${others.join(', ')}` } : {}
}

const isNothing = (value: Expr | undefined): boolean => value?.kind === 'number' && value.value === 0
