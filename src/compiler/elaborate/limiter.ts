import type { Details, Reporter } from '../diagnostics/diagnostics.ts'
import { chainOf, isSamePlace, type Origin } from '../text/source.ts'
import type { Effort } from '../reading/effort.ts'
import { limits } from './limits.ts'

/** Thrown through an elaboration that used too much; it has been reported, and is caught at the entry. */
export class LimitReached extends Error {}

/** The innermost call of a chain that stands in it more than once: the one that does not end. */
function repeatedCall(origin: Origin): Origin | undefined {
  const calls: readonly Origin[] = [origin, ...chainOf(origin.frame).map(({ call, parent }) => ({ span: call, frame: parent }))]
  return calls.find((one, i) => calls.some((other, j) => j > i && isSamePlace(other.span, one.span)))
}

/** Counts what an elaboration uses, and ends it at the bounds of `limits`. */
export class Limiter {
  private steps = 0
  private depth = 0
  private readonly reporter: Reporter
  private readonly effort: Effort
  private readonly most: number

  /** @param most how many steps it may take */
  constructor(reporter: Reporter, effort: Effort, most: number = limits.steps) {
    this.reporter = reporter
    this.effort = effort
    this.most = most
  }

  step(origin: Origin, count = 1): void {
    this.steps += count
    this.effort.add(count)
    if (!(this.steps <= this.most)) this.stop('limit/steps', this.most, origin)
  }

  nodes(count: number, origin: Origin): void {
    this.effort.add(1)
    if (count > limits.nodes) this.stop('limit/nodes', limits.nodes, origin)
  }

  /** @param details what is to be said, and can be done, of what is nested too deep */
  nested<T>(origin: Origin, run: () => T, details?: () => Details): T {
    if (++this.depth > limits.depth) {
      const repeated = repeatedCall(origin)
      const isThis = !repeated || isSamePlace(repeated.span, origin.span)
      this.stop('limit/depth', limits.depth, repeated ?? origin, isThis ? details?.() : undefined)
    }
    const result = run()
    this.depth--
    return result
  }

  private stop(code: 'limit/steps' | 'limit/nodes' | 'limit/depth', bound: number, origin: Origin, details?: Details): never {
    this.reporter.report(code, { bound: bound.toLocaleString('en-US') }, origin, details)
    throw new LimitReached(code)
  }
}
