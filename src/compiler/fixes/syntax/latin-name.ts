const greek: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
}

/**
 * A name in the letters a to z: Greek letters by their names, others without their accents; nothing where it cannot be written
 * so.
 */
export function latinName(name: string): string | undefined {
  const spelt = [...name].map((letter) => {
    const small = greek[letter.toLowerCase()]
    if (small === undefined) return letter
    return letter === letter.toLowerCase() ? small : `${small[0]!.toUpperCase()}${small.slice(1)}`
  })
  const plain = spelt.join('').normalize('NFD').replace(/\p{M}/gu, '')
  return /^[A-Za-z_]\w*$/.test(plain) ? plain : undefined
}
