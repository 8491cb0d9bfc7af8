/** What the header of a .npy file says: the element type as NumPy writes it (`<f4`), the order, the extents. */
interface NpyHeader {
  readonly descr: string
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
}

/**
 * Reads the text of a header, the Python literal `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }` with its three
 * keys in any order.
 *
 * @throws SyntaxError in plain words, with the column (from 1) at which the text stops being one
 */
export function parseNpyHeader(text: string): NpyHeader {
  let at = 0
  const fail = (wanted: string): never => {
    throw new SyntaxError(`its header has no ${wanted} at column ${at + 1}: ${text.trim()}`)
  }
  const take = (pattern: RegExp): string | undefined => {
    const sticky = new RegExp(`\\s*(?:${pattern.source})`, 'y')
    sticky.lastIndex = at
    const match = sticky.exec(text)
    if (!match) return undefined
    at = sticky.lastIndex
    return match[1] ?? match[0]
  }
  const want = (pattern: RegExp, name: string): string => take(pattern) ?? fail(name)

  const extents = (): readonly number[] => {
    want(/\(/, 'tuple')
    const found: number[] = []
    while (!take(/\)/)) {
      found.push(Number(want(/(\d+)L?/, 'extent')))
      if (!take(/,/)) {
        want(/\)/, 'closing parenthesis')
        break
      }
    }
    return found
  }

  let descr: string | undefined
  let fortranOrder: boolean | undefined
  let shape: readonly number[] | undefined
  want(/\{/, 'opening brace')
  while (!take(/\}/)) {
    const key = want(/['"](descr|fortran_order|shape)['"]\s*:/, "key 'descr', 'fortran_order' or 'shape'")
    if (key === 'descr') descr = want(/['"]([^'"]*)['"]/, 'element type that is one number')
    else if (key === 'shape') shape = extents()
    else fortranOrder = want(/True|False/, 'True or False').trim() === 'True'
    if (!take(/,/)) {
      want(/\}/, 'closing brace')
      break
    }
  }
  want(/$/, 'end')
  return {
    descr: descr ?? fail("'descr'"),
    fortranOrder: fortranOrder ?? fail("'fortran_order'"),
    shape: shape ?? fail("'shape'"),
  }
}
