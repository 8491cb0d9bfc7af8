/** A weight as it is called somewhere, with its shape. */
export interface NamedShape {
  readonly name: string
  readonly shape: readonly number[]
  /** The last part of its name, `kernel`, where that is known to be one. */
  readonly kind?: string
}

/** In a file a name is all that there is of a path. */
export const partsOf = (name: string): readonly string[] => name.split('/')

export const nameOf = (parts: readonly string[]): string => parts.join('/')

export const sameShape = (a: NamedShape, b: NamedShape): boolean =>
  a.shape.length === b.shape.length && a.shape.every((extent, axis) => extent === b.shape[axis])

/** Weights of two lists, each in one pair. */
export type Couples<T = NamedShape> = readonly (readonly [source: T, target: T])[]
