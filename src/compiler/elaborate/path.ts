/**
 * The scopes of one statement. A path is the chain of: assigned name, loop indices, op or block name, and so on inwards.
 * A name that repeats within the statement gets `_2`, `_3`; other statements never matter.
 */
export class Path {
  readonly prefix: string
  /** Whether the statement assigns a name, which is then part of the prefix. */
  private readonly named: boolean
  private readonly taken: Map<string, number>

  constructor(prefix: string, named = false, taken = new Map<string, number>()) {
    this.prefix = prefix
    this.named = named
    this.taken = taken
  }

  /** The path of a turn of a comprehension. */
  turn(index: number): Path {
    return new Path(join(this.prefix, String(index)), this.named, this.taken)
  }

  /** The path under this one for an op, block or label of that name. */
  claim(segment: string): string {
    const path = join(this.prefix, segment)
    const count = (this.taken.get(path) ?? 0) + 1
    this.taken.set(path, count)
    return count === 1 ? path : `${path}_${count}`
  }

  /** The first model called in a statement that assigns a name adds no segment: its weights are found under that name. */
  claimModel(name: string): string {
    if (!this.named) return this.claim(name)
    const key = `${this.prefix} model`
    if (this.taken.has(key)) return this.claim(name)
    this.taken.set(key, 1)
    return this.prefix
  }
}

export const join = (...segments: readonly string[]): string => segments.filter((segment) => segment !== '').join('/')
