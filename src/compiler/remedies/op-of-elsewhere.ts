import { plainWord } from '../text/did-you-mean.ts'
import type { Advice, Context } from '../elaborate/context.ts'
import { writing } from '../fixes/writing.ts'
import type { CallExpr, Expr, MemberExpr } from '../syntax/ast.ts'
import { isSamePlace, textOf, type Span } from '../text/source.ts'
import { callTo, surroundingsOf } from './surroundings.ts'
import { functionMeant } from './function-of-elsewhere.ts'
import { opParts } from '../library/op-parts.ts'
import { opMeant } from './other-frameworks.ts'

/** What the modules of other frameworks are called. */
const frameworks: ReadonlySet<string> = new Set([
  'nn', 'F', 'functional', 'torch', 'tf', 'tfl', 'keras', 'layers', 'K', 'np', 'numpy', 'jnp', 'jax', 'activations',
])

/**
 * An op as Keras and PyTorch write it: a layer that is made and then called, `Dense(10)(z)`; of a module, `nn.ReLU()`; with the channels
 * that PyTorch wants first.
 *
 * @param names what a name can mean here
 */
export function opOfElsewhere(name: string, span: Span, names: readonly string[], ctx: Context): Advice | undefined {
  const exprs = surroundingsOf(span, ctx)?.exprs ?? []
  const head = frameworks.has(name) ? moduleMember(exprs, span) : undefined
  if (frameworks.has(name) && !head) return undefined
  const [word, place] = head ? [head.member.name, head.span] : [name, span]
  const made = callTo(place, ctx)
  const meant = functionMeant(word, place, ctx)
  if (meant) return meant
  const ours = opMeant(word) ?? names.find((one) => plainWord(one) === plainWord(word))
  if (ours === undefined) return head && { notes: [`nothing here is called like ${textOf(head.span)}: fmw explain lists all ops`] }
  const used = made && callTo(made.span, ctx)
  const notes = [`did you mean ${ours}?`]
  const [args, isCut] = made ? argumentsHere(word, made) : [[], false]
  if (used) return { notes, fixes: [writing(`${ours}(${[...tensorsOf(used), ...args].join(', ')})`, used.span, isCut ? 'unsafe' : 'safe')] }
  if (made && isCut) return { notes, fixes: [writing(`${ours}(${args.join(', ')})`, made.span, 'unsafe')] }
  if (made && opParts(ours).family === 'fuse') return { notes, fixes: [writing(`${ours}(${tensorsOf(made).join(', ')})`, made.span, 'safe')] }
  return head && { notes, fixes: [writing(ours, head.span, 'safe')] }
}

/** `tf.nn.relu` of its first name. */
function moduleMember(exprs: readonly Expr[], span: Span): MemberExpr | undefined {
  let found: MemberExpr | undefined
  for (const expr of exprs.toReversed())
    if (expr.kind === 'member' && isSamePlace(expr.of.span, found?.span ?? span)) found = expr
  return found
}

/** The tensors that a layer is called with; those of a list one by one. */
function tensorsOf({ args }: CallExpr): readonly string[] {
  const [only] = args
  const isList = args.length === 1 && only?.kind === 'positional' && only.value.kind === 'list'
  return isList && only.value.kind === 'list' ? only.value.items.map(({ value }) => textOf(value.span)) : args.map(({ span }) => textOf(span))
}

/** How many arguments PyTorch's layers have, the channels of the map among them, which nothing here wants. */
const withChannels: ReadonlyMap<string, number> = new Map([
  ['Conv1d', 3], ['Conv2d', 3], ['ConvTranspose2d', 3], ['Linear', 2], ['BatchNorm1d', 1], ['BatchNorm2d', 1], ['InstanceNorm2d', 1],
])

/** The arguments of a layer without those channels, and whether there were some. */
function argumentsHere(word: string, { args }: CallExpr): readonly [args: readonly string[], isCut: boolean] {
  const positional = args.filter(({ kind }) => kind === 'positional').length
  const least = withChannels.get(word) ?? Infinity
  const isCut = positional >= least && (least > 1 || args[0]?.value.kind === 'number')
  return [args.slice(isCut ? 1 : 0).map(({ span }) => textOf(span)), isCut]
}
