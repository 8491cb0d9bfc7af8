import type { Reporter } from '../diagnostics/diagnostics.ts'
import type { Module, Modules } from '../reading/module.ts'
import type { Origin } from '../text/source.ts'
import { nothingAssumed, type Assumptions } from './assumptions.ts'
import { isStackOverflow } from '../text/stack-overflow.ts'
import { Scope, type Advise, type Context, type StandIns } from './context.ts'
import { GraphBuilder } from './graph-builder.ts'
import { Limiter, LimitReached } from './limiter.ts'
import { limits } from './limits.ts'
import { Path } from './path.ts'
import type { Sink } from './sink.ts'

/** Under what something is elaborated, and where its mistakes go. */
export interface Elaborating {
  readonly reporter: Reporter
  readonly assumed?: Assumptions
  /** What would mend its mistakes; undefined where only the mistakes count. */
  readonly advise: Advise | undefined
  /** What stands for arguments that nobody gave; undefined where a model is elaborated with all of them. */
  readonly standIns?: StandIns
  /** Who wants to know what is found out. */
  readonly sink?: Sink | undefined
}

/** Where an elaboration begins: in the names of a file. */
export function contextOf(
  module: Module,
  modules: Modules,
  { reporter, advise, sink, assumed = nothingAssumed, standIns }: Elaborating,
): Context {
  const isTried = assumed.conditions.length > 0 || assumed.numbers.size > 0
  const limiter = new Limiter(reporter, modules.effort, standIns ? limits.standingSteps : limits.steps)
  return {
    run: {
      reporter,
      advise,
      // what is only tried is not so
      sink: isTried ? undefined : sink,
      modules,
      limiter,
      assumed,
      standIns,
      builder: new GraphBuilder(limiter),
      extents: [],
      constants: new Map(),
      found: { missing: [], tooSmall: [] },
    },
    module,
    scope: new Scope(),
    frame: undefined,
    site: { scope: 0, path: [], turns: [], statement: { source: module.source, start: 0, end: 0 } },
    path: new Path({ scope: 0, path: [], behind: [] }, ''),
    turn: undefined,
    frozen: false,
    layer: undefined,
    entry: undefined,
  }
}

/** Runs an elaboration to its end, or to a limit, which has been reported or is here. */
export function guarded<T>(run: () => T, origin: Origin, reporter: Reporter): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof LimitReached) return undefined
    // the interpreter is recursive: an expression nested deeper than the stack ends here
    if (!isStackOverflow(error)) throw error
    reporter.report('limit/depth', { bound: String(limits.depth) }, origin)
    return undefined
  }
}
