import { pathText } from '../graph/path.ts'

/** A path that was given out: that of the scope it continues, and what it adds. */
export interface Claimed {
  readonly under: number
  readonly segments: readonly string[]
  /** All of its segments, and the path as it is shown. */
  readonly whole: readonly string[]
  readonly text: string
}

/** What paths continue: a scope by its id, with its own path, and segments behind that. */
interface Base {
  readonly scope: number
  readonly path: readonly string[]
  readonly behind: readonly string[]
}

/** A call that paths are asked for. */
interface Called {
  /** What its path adds where it has no label. */
  readonly segment: string
  readonly label: string | undefined
}

/** A label that adds nothing: the part keeps the name of its statement. */
export const withoutSegment = '_'

/**
 * The paths of one statement: those of a part of the body that it stands in. A path is that of the body, the name of the part, the
 * turns of loops and comprehensions around it, and inwards from there. The part has the name that the statement assigns, or that a
 * label gives. A name that repeats within a part gets `_2`, `_3`; other statements never matter.
 */
export class Path {
  /** What the names of parts stand behind: the body, or the part that a label around them names. */
  private readonly body: Base
  private readonly part: string
  private readonly turns: readonly string[]
  /** What calls without a label continue. */
  private readonly base: Base
  /** Whether the name is that of an output, which `as _` leaves out. */
  private readonly isOutput: boolean
  private readonly taken: Map<string, number>

  /** @param part the name that the statement assigns; '' for none */
  constructor(
    body: Base,
    part: string,
    turns: readonly string[] = [],
    isOutput = false,
    base: Base = behind(body, [part, ...turns]),
    taken = new Map<string, number>(),
  ) {
    this.body = body
    this.part = part
    this.turns = turns
    this.base = base
    this.isOutput = isOutput
    this.taken = taken
  }

  /** The path itself: that of a weight, of a layer, of a comprehension. */
  get own(): Claimed {
    return claimed(this.base)
  }

  /** The paths in a turn of a comprehension, which is a scope of its own. */
  turn(scope: number, index: number): Path {
    const turn = String(index)
    const base = { scope, path: [...this.own.whole, turn], behind: [] }
    return new Path(this.body, this.part, [...this.turns, turn], this.isOutput, base, this.taken)
  }

  /** The paths in what is no call and has a label. */
  labelled(label: string): Path {
    return new Path(behind(this.body, [label, ...this.turns]), '')
  }

  /** The same path with nothing given out yet. */
  anew(): Path {
    return new Path(this.body, this.part, this.turns, this.isOutput, this.base)
  }

  /** The path of a call. */
  claim({ segment, label }: Called): Claimed {
    if (label === withoutSegment) return this.isOutput ? claimed(behind(this.body, this.turns)) : this.own
    return label === undefined ? this.numbered(segment) : claimed(behind(this.body, [label, ...this.turns]))
  }

  /** The first model called in a statement that assigns a name adds no segment: its weights are found under that name. */
  claimModel(call: Called): Claimed {
    const key = `${this.own.text} model`
    if (call.label !== undefined || this.part === '' || this.taken.has(key)) return this.claim(call)
    this.taken.set(key, 1)
    return this.own
  }

  private numbered(segment: string): Claimed {
    const key = pathText([...this.own.whole, segment])
    const count = (this.taken.get(key) ?? 0) + 1
    this.taken.set(key, count)
    return claimed(behind(this.base, [count === 1 ? segment : `${segment}_${count}`]))
  }
}

const behind = ({ behind, ...base }: Base, segments: readonly string[]): Base => ({
  ...base,
  behind: [...behind, ...segments.filter((segment) => segment !== '')],
})

function claimed({ scope, path, behind: segments }: Base): Claimed {
  const whole = [...path, ...segments]
  return { under: scope, segments, whole, text: pathText(whole) }
}
