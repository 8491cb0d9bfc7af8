import { pathText } from '../graph/path.ts'

/** A path that was given out: that of the scope it continues, and what it adds. */
export interface Claimed {
  readonly under: number
  readonly segments: readonly string[]
  /** All of its segments, and the path as it is shown. */
  readonly whole: readonly string[]
  readonly text: string
}

/** A scope that paths continue, by its id, with its own path. */
interface Base {
  readonly scope: number
  readonly path: readonly string[]
}

/**
 * The paths of one statement. A path is the chain of: assigned name, loop indices, op or block name, and so on inwards.
 * A name that repeats within the statement gets `_2`, `_3`; other statements never matter.
 */
export class Path {
  private readonly base: Base
  private readonly segments: readonly string[]
  /** Whether the statement assigns a name, which is then one of the segments. */
  private readonly named: boolean
  private readonly taken: Map<string, number>

  constructor(base: Base, segments: readonly string[], named = false, taken = new Map<string, number>()) {
    this.base = base
    this.segments = segments.filter((segment) => segment !== '')
    this.named = named
    this.taken = taken
  }

  /** The path itself: that of a weight, of a layer, of a comprehension. */
  get own(): Claimed {
    const { scope, path } = this.base
    return claimed(scope, path, this.segments)
  }

  /** The paths in a turn of a comprehension, which is a scope of its own. */
  turn(scope: number, index: number): Path {
    return new Path({ scope, path: [...this.own.whole, String(index)] }, [], this.named, this.taken)
  }

  /** The paths under what was given out for a label. */
  labelled({ segments }: Claimed): Path {
    return new Path(this.base, segments)
  }

  /** The same path with nothing given out yet. */
  anew(): Path {
    return new Path(this.base, this.segments)
  }

  /** The path under this one for an op, block or label of that name. */
  claim(segment: string): Claimed {
    const key = pathText([...this.own.whole, segment])
    const count = (this.taken.get(key) ?? 0) + 1
    this.taken.set(key, count)
    return this.under(count === 1 ? segment : `${segment}_${count}`)
  }

  /** The first model called in a statement that assigns a name adds no segment: its weights are found under that name. */
  claimModel(name: string): Claimed {
    if (!this.named) return this.claim(name)
    const key = `${this.own.text} model`
    if (this.taken.has(key)) return this.claim(name)
    this.taken.set(key, 1)
    return this.own
  }

  private under(segment: string): Claimed {
    const { scope, path } = this.base
    return claimed(scope, path, [...this.segments, segment])
  }
}

function claimed(under: number, base: readonly string[], segments: readonly string[]): Claimed {
  const whole = [...base, ...segments]
  return { under, segments, whole, text: pathText(whole) }
}
