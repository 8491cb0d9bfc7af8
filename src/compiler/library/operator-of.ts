import type { OpName } from './names.ts'

/** The operators that mean what fusions mean; they stretch tensors and take numbers, which fusions do not. */
export const operatorOf: ReadonlyMap<string, string> = new Map<OpName, string>([
  ['fuse.add', '+'],
  ['fuse.sub', '-'],
  ['fuse.mul', '*'],
  ['fuse.div', '/'],
])
