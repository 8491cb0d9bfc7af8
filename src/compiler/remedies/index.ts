import type { Advice, Advise, Cause, Causes } from '../elaborate/cause.ts'
import type { Context } from '../elaborate/context.ts'
import type { Remedy } from './remedy.ts'
import { oneResult } from './several-results.ts'

/** For each cause what would mend it, the likeliest first. */
const remedies: { readonly [K in keyof Causes]: readonly Remedy<K>[] } = {
  'several-results': [oneResult],
}

export const advise: Advise = (cause, ctx) => adviseOn(cause, ctx)

function adviseOn<K extends keyof Causes>(cause: Cause<K>, ctx: Context): Advice {
  const list: readonly Remedy<K>[] = remedies[cause.kind]
  const all = list.map((remedy) => remedy(cause, ctx))
  return {
    labels: all.flatMap(({ labels = [] }) => labels),
    notes: all.flatMap(({ notes = [] }) => notes),
    fixes: all.flatMap(({ fixes = [] }) => fixes),
  }
}
