import type { Advice, Cause, Causes } from '../elaborate/cause.ts'
import type { Context } from '../elaborate/context.ts'

/** What would mend mistakes of one cause. It gives nothing where it is not sure what was meant. */
export type Remedy<K extends keyof Causes> = (cause: Cause<K>, ctx: Context) => Advice
