import { add, ceil, divide, ExtentOverflow, extreme, floor, multiply, subtract, type Dim } from './expr.ts'

/** Why a text is no extent, and the offset in it. */
interface DimError {
  readonly message: string
  readonly at: number
}

type Token = { readonly kind: 'number' | 'name' | 'sign' | 'end'; readonly text: string; readonly at: number }

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_.]*)|([-+*/(),]))/uy

class NotADim extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  tokenPattern.lastIndex = 0
  for (let at = 0; at < end; at = tokenPattern.lastIndex) {
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    if (!match) {
      const stray = text.slice(at).trimStart()
      throw new NotADim(`an extent has no '${stray[0]}' in it`, text.length - stray.length)
    }
    const [, number, name, sign] = match
    const found = number ?? name ?? sign ?? ''
    tokens.push({ kind: number ? 'number' : name ? 'name' : 'sign', text: found, at: tokenPattern.lastIndex - found.length })
  }
  return [...tokens, { kind: 'end', text: 'the end', at: end }]
}

/**
 * Reads an extent as `printDim` writes it: sums, products and quotients by a number of integers, input extents, `floor`, `ceil`,
 * `max` and `min`. `extents` gives each name its extent, with what is known of it.
 */
export function parseDim(text: string, extents: ReadonlyMap<string, Dim>): { readonly dim: Dim } | { readonly error: DimError } {
  try {
    return { dim: parse(tokensOf(text), extents) }
  } catch (error) {
    if (error instanceof NotADim) return { error: { message: error.message, at: error.at } }
    if (error instanceof ExtentOverflow) return { error: { message: error.message, at: 0 } }
    throw error
  }
}

function parse(tokens: readonly Token[], extents: ReadonlyMap<string, Dim>): Dim {
  let position = 0
  const peek = (): Token => tokens[position]!
  const next = (): Token => tokens[position++]!
  const taken = (...signs: readonly string[]): string | undefined =>
    peek().kind === 'sign' && signs.includes(peek().text) ? next().text : undefined
  const expect = (sign: string): void => {
    if (!taken(sign)) throw new NotADim(`expected '${sign}', found ${peek().text}`, peek().at)
  }

  const sum = (): Dim => {
    let total = product()
    for (let sign = taken('+', '-'); sign; sign = taken('+', '-')) total = (sign === '+' ? add : subtract)(total, product())
    return total
  }
  const product = (): Dim => {
    let total = factor()
    for (let sign = taken('*', '/'); sign; sign = taken('*', '/')) {
      const { at } = peek()
      const by = factor()
      const result = sign === '*' ? multiply(total, by) : divide(total, by)
      if (result === undefined) throw new NotADim('an extent is divided by numbers other than 0 only', at)
      total = result
    }
    return total
  }
  const factor = (): Dim => {
    if (taken('-')) return multiply(factor(), -1)
    if (taken('(')) return closed(sum())
    const { kind, text, at } = next()
    if (kind === 'number') return Number(text)
    if (kind !== 'name') throw new NotADim(`expected an extent, found ${text}`, at)
    return taken('(') ? call(text, at) : named(text, at)
  }
  const closed = (dim: Dim): Dim => {
    expect(')')
    return dim
  }
  const named = (name: string, at: number): Dim => {
    const extent = extents.get(name)
    if (extent === undefined) throw new NotADim(`no input has an extent ${name}`, at)
    return extent
  }
  const call = (name: string, at: number): Dim => {
    if (name === 'floor') return closed(floor(sum()))
    if (name === 'ceil') return closed(ceil(sum()))
    if (name !== 'max' && name !== 'min') throw new NotADim(`an extent has no function ${name}`, at)
    const first = sum()
    expect(',')
    return closed(extreme(name, first, sum()))
  }

  const dim = sum()
  if (peek().kind !== 'end') throw new NotADim(`expected the end, found ${peek().text}`, peek().at)
  return dim
}
