import type { Advice, Advise, Cause, Causes } from '../elaborate/cause.ts'
import { joinDetails } from '../diagnostics/join-details.ts'
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
  return joinDetails(...list.map((remedy) => remedy(cause, ctx)))
}
