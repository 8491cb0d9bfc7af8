import type { Advice, Cause, Causes } from '../elaborate/cause.ts'
import type { Context } from '../elaborate/context.ts'
import type { ReadingCause, ReadingCauses } from '../reading/cause.ts'
import type { Host } from '../text/host.ts'

/** What would mend mistakes of one cause. It gives nothing where it is not sure what was meant. */
export type Remedy<K extends keyof Causes> = (cause: Cause<K>, ctx: Context) => Advice

/** The same of mistakes in reading files. */
export type ReadingRemedy<K extends keyof ReadingCauses> = (cause: ReadingCause<K>, host: Host) => Advice
