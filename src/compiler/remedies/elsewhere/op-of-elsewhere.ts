import { plainWord } from '../../text/did-you-mean.ts'
import type { Advice, Context } from '../../elaborate/context.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { nearWord } from '../../fixes/near-word.ts'
import { writing } from '../../fixes/writing.ts'
import type { Argument, CallExpr, Expr, MemberExpr } from '../../syntax/ast.ts'
import { stepAt } from '../../reading/written.ts'
import { isSamePlace, textOf, type Span } from '../../text/source.ts'
import { primitives } from '../../primitives/index.ts'
import { opParts } from '../../library/op-parts.ts'
import { argumentsMeant, opMeant } from '../other-frameworks.ts'
import { callTo, surroundingsOf } from '../surroundings.ts'
import { numbersOf } from './axes.ts'
import { callsHere, type Ours } from './call-here.ts'
import { isModule } from './frameworks.ts'
import { functionMeant } from './function-of-elsewhere.ts'
import { wrappedOps } from './wrapped-ops.ts'
import { asArguments, isListAlone, parted, shapeOf } from './tensors-given.ts'

/**
 * An op as Keras and PyTorch write it: a layer that is made and then called, `Dense(10)(z)`; of a module, `nn.ReLU()`; with parameters in
 * another order and of other names, and with axes that are counted otherwise.
 *
 * @param names what a name can mean here
 */
export function opOfElsewhere(name: string, span: Span, names: readonly string[], ctx: Context): Advice | undefined {
  const exprs = surroundingsOf(span, ctx)?.exprs ?? []
  const head = isModule(name) ? moduleMember(exprs, span) : undefined
  if (isModule(name) && !head) return undefined
  const [word, place] = head ? [head.member.name, head.span] : [name, span]
  const meant = functionMeant(word, place, ctx) ?? wrappedOps(word, place, ctx)
  if (meant) return meant
  const found = opMeant(word) ?? names.find((one) => plainWord(one) === plainWord(word))
  if (found === undefined) return head && { notes: [`nothing here is called like ${textOf(head.span)}: fmw explain lists all ops`] }
  return opInstead(found, { word, module: head && name, place }, ctx)
}

/** `tf.nn.relu` of its first name. */
function moduleMember(exprs: readonly Expr[], span: Span): MemberExpr | undefined {
  let found: MemberExpr | undefined
  for (const expr of exprs.toReversed())
    if (expr.kind === 'member' && isSamePlace(expr.of.span, found?.span ?? span)) found = expr
  return found
}

/** What is called, and where it stands. */
interface Written {
  readonly word: string
  /** The module that it is of. */
  readonly module: string | undefined
  readonly place: Span
  /** The tensor whose method it is. */
  readonly self?: Expr
}

/** The op in the place of one of another framework, with the arguments that are the same here. */
export function opInstead(meant: string, written: Written, ctx: Context): Advice {
  const { word, module, place, self } = written
  const made = callTo(place, ctx)
  const used = made && !self ? callTo(made.span, ctx) : undefined
  const step = stepAt(made?.span ?? place, ctx.run.modules)
  const [given, args] = used ? [used.args.map(({ value }) => value), made!.args] : made ? parted(made, ctx) : [[], []]
  const tensors = self ? [self, ...given] : given
  const op = ofTensors(meant, tensors, args, written, ctx)
  const tensor = tensors[0] ?? (step?.index === 0 ? step.pipe.head : undefined)
  const all = callsHere({ word, module, op, with: argumentsMeant(word), args, tensors: tensors.length, shape: tensor && shapeOf(tensor, ctx) }, ctx.run.modules)
  const first = used || opParts(op).family === 'fuse' ? asArguments(tensors, ctx) : tensors.map(({ span, outer }) => textOf(outer ?? span))
  // a block value, which something else calls
  const isValue = !step && !used && tensors.length === 0 && (made === undefined || /^[A-Z]/.test(word))
  const fixes = all.flatMap((ours) => (ours.isPossible ? fixFor(ours, isValue && ours.args.length > 0 ? ['_'] : first, { place, made, used, isBare: made === undefined || isValue }) : []))
  const notes = [...new Set(all.flatMap((one) => one.notes))]
  const [said] = all
  const isNamed = module === undefined && fixes.length === 1 && fixes[0]!.safety === 'safe' && fixes[0]!.edits[0]!.span === place && fixes[0]!.edits[0]!.text === said?.op
  if (isNamed) {
    const near = nearWord(said!.op, `use ${said!.op}`, fixes[0]!.edits)
    return { notes: [...near.notes, ...notes], fixes: near.fixes }
  }
  const ours = said?.op ?? op
  return { notes: [self && ours === word ? `an op is no method: ${ours} is called with its tensor` : `did you mean ${ours}?`, ...notes], fixes }
}

interface Places {
  readonly place: Span
  /** The call in which it is made, and the one in which what was made is called. */
  readonly made: CallExpr | undefined
  readonly used: CallExpr | undefined
  /** Without arguments it stands without parentheses. */
  readonly isBare: boolean
}

function fixFor({ op, args, isSure }: Ours, first: readonly string[], { place, made, used, isBare }: Places): Fix {
  const given = [...first, ...args]
  const safety = isSure ? 'safe' : 'unsafe'
  const isAsWritten = made ? !used && given.join() === made.args.map(({ span }) => textOf(span)).join() : given.length === 0
  if (isAsWritten && !(made && isBare)) return writing(op, place, safety)
  return writing(given.length === 0 && isBare ? op : `${op}(${given.join(', ')})`, (used ?? made)?.span ?? place, safety)
}

/** The op for what it is given: the tensors of a list, a kernel, a number beside a tensor, or the elements of one tensor. */
function ofTensors(op: string, tensors: readonly Expr[], args: readonly Argument[], { word, module, self }: Written, ctx: Context): string {
  if (isListAlone(tensors, ctx)) return ofList.get(op) ?? op
  if (op === 'conv' && tensors.length > 1) return 'conv2d'
  const { family, name } = opParts(op)
  if (family === 'fuse' && primitives.has(name) && !word.includes('.') && args.some(({ kind }) => kind === 'positional')) return name
  const alongAxes = alongAxis.get(op)
  if (alongAxes === undefined || (module === undefined && !self)) return op
  const [second] = args
  const isAlong = tensors.length < 2 && (second === undefined || second.kind === 'named' || numbersOf(second.value) !== undefined)
  return isAlong ? alongAxes : op
}

const ofList: ReadonlyMap<string, string> = new Map([
  ['add', 'fuse.add'],
  ['mul', 'fuse.mul'],
  ['maximum', 'fuse.max'],
  ['minimum', 'fuse.min'],
  ['reduce.sum', 'fuse.add'],
  ['reduce.mean', 'fuse.mean'],
  ['max', 'fuse.max'],
  ['min', 'fuse.min'],
])

const alongAxis: ReadonlyMap<string, string> = new Map([
  ['max', 'reduce.max'],
  ['min', 'reduce.min'],
])
