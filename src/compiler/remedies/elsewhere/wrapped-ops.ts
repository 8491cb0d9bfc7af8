import type { Advice, Context } from '../../elaborate/context.ts'
import { writing } from '../../fixes/writing.ts'
import { stepAt } from '../../reading/written.ts'
import type { CallExpr, Expr } from '../../syntax/ast.ts'
import { plainWord } from '../../text/did-you-mean.ts'
import { textOf, type Span } from '../../text/source.ts'
import { callTo } from '../surroundings.ts'

const inTurn = 'ops follow each other in a pipe, x |> conv(8) |> relu; several for later are a block'
const alone = 'an activation is an op like any other: x |> relu'

/** Layers that only hold others: `Sequential([…])`, `Activation("relu")`. */
export function wrappedOps(word: string, place: Span, ctx: Context): Advice | undefined {
  const name = plainWord(word)
  if (name !== 'sequential' && name !== 'activation') return undefined
  const note = name === 'sequential' ? inTurn : alone
  const made = callTo(place, ctx)
  const steps = made && (name === 'sequential' ? heldIn(made) : activationIn(made))
  if (!made || !steps) return { notes: [note] }
  const used = callTo(made.span, ctx)
  const [tensor, ...others] = used?.args ?? []
  if (used && tensor && others.length === 0) {
    const text = name === 'activation' ? `${steps.join()}(${textOf(tensor.span)})` : [textOf(tensor.span), ...steps].join(' |> ')
    return { notes: [note], fixes: [writing(text, used.span, 'safe')] }
  }
  const isValue = !stepAt(made.span, ctx.run.modules)
  return { notes: [note], fixes: isValue && name === 'sequential' ? [] : [writing(steps.join(' |> '), made.span, 'safe')] }
}

function heldIn({ args }: CallExpr): readonly string[] | undefined {
  const [only] = args
  const items = args.length === 1 && only?.value.kind === 'list' ? only.value.items : args
  const held = items.flatMap(({ kind, value }) => (kind === 'value' || kind === 'positional' ? [value] : []))
  return held.length === items.length && held.length > 0 && held.every(isOp) ? held.map(({ span }) => textOf(span)) : undefined
}

const isOp = ({ kind }: Expr): boolean => kind === 'call' || kind === 'name' || kind === 'member'

function activationIn({ args: [first, ...others] }: CallExpr): readonly string[] | undefined {
  const value = others.length === 0 ? first?.value : undefined
  const [word, ...more] = value?.kind === 'text' ? value.parts : value?.kind === 'name' ? [value.name] : []
  return typeof word === 'string' && more.length === 0 && /^\w+$/.test(word) ? [word] : undefined
}
