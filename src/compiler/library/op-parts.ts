/** The family and the name of an op, which are one text; nowhere else is that taken apart. */
export function opParts(op: string): { readonly family: string | undefined; readonly name: string } {
  const dot = op.indexOf('.')
  return dot < 0 ? { family: undefined, name: op } : { family: op.slice(0, dot), name: op.slice(dot + 1) }
}
