import { isKnown } from '../elaborate/names.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import type { CallExpr } from '../syntax/ast.ts'
import { writing } from '../fixes/writing.ts'
import { methodsAsSteps } from './methods-as-steps.ts'
import { functionMeant } from './elsewhere/function-of-elsewhere.ts'
import { methodOfElsewhere } from './elsewhere/method-of-elsewhere.ts'
import { callTo } from './surroundings.ts'
import { didYouMean } from '../text/did-you-mean.ts'
import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'
import { nearWord, safetyOf } from '../fixes/near-word.ts'

/** What adds elements to a list elsewhere. */
const adding: ReadonlySet<string> = new Set(['append', 'push', 'extend'])

function longer({ args, span }: CallExpr, list: string, isOfLists: boolean): Fix {
  const given = args.map((arg) => `${isOfLists ? '...' : ''}${textOf(arg.span)}`)
  return writing(`[${[`...${list}`, ...given].join(', ')}]`, span, 'safe')
}

/** A member of nearly that name, or an op that is called like a method. */
export const otherMember: Remedy<'unknown-member'> = ({ expr, members }, ctx) => {
  const { of, member } = expr
  const { name, span } = member
  const call = adding.has(name) ? callTo(expr.span, ctx) : undefined
  if (call) return { notes: ['a list is not changed: [...list, x] is the longer one'], fixes: [longer(call, textOf(of.span), name === 'extend')] }
  const elsewhere = methodOfElsewhere(expr, ctx) ?? (isKnown(name, ctx) ? undefined : functionMeant(name, expr.span, ctx, of))
  if (elsewhere) return elsewhere
  const near = didYouMean(name, members)
  if (near !== undefined) return nearWord(`.${near}`, `use .${near}`, [{ span, text: near }], safetyOf(name, near))
  const isOp = (word: string): boolean => isKnown(word, ctx) || ctx.run.modules.families.includes(word)
  return isOp(name) ? { fixes: [methodsAsSteps(expr, isOp, ctx)] } : { notes: [`it has ${members.join(', ')}`] }
}
