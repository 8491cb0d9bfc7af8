/** Something that is wrong with a graph. */
export interface Violation {
  /** Where in the graph's JSON form (RFC 6901); empty for the whole. */
  readonly pointer: string
  readonly message: string
}

/** A key as one step of a pointer. */
export const pointerStep = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
