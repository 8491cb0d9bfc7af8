import type { Couples, NamedShape } from './named-shape.ts'

/** Weights of two lists, each joined with one of the other or with none. */
export class Joined {
  readonly #sources = new Map<string, NamedShape>()
  readonly #targets = new Map<string, NamedShape>()

  readonly sourceOf = (target: string): NamedShape | undefined => this.#sources.get(target)

  readonly targetOf = (source: string): NamedShape | undefined => this.#targets.get(source)

  /** Parts both from what they were joined with before. */
  join([source, target]: Couples[number]): void {
    const [otherSource, otherTarget] = [this.sourceOf(target.name), this.targetOf(source.name)]
    if (otherSource) this.#targets.delete(otherSource.name)
    if (otherTarget) this.#sources.delete(otherTarget.name)
    this.#sources.set(target.name, source)
    this.#targets.set(source.name, target)
  }
}
