import { didYouMean } from '../../compiler/text/did-you-mean.ts'
import type { Decay } from './schedule.ts'

type Parsed = { readonly decay: Decay } | { readonly error: string }

const forms: Readonly<Record<Decay['kind'], string>> = {
  constant: 'constant',
  linear: 'linear',
  cosine: 'cosine',
  step: 'step=EPOCHS,FACTOR',
  exponential: 'exponential=FACTOR',
  plateau: 'plateau=EPOCHS,FACTOR',
}

/** The forms a schedule is written in, for the help of the command line. */
export const decayForms: readonly string[] = Object.values(forms)

/** Reads a schedule such as `cosine`, `step=10,0.1`, `exponential=0.95` or `plateau=3,0.5`; says what is wrong where it is none. */
export function parseDecay(text: string): Parsed {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  const given = equals < 0 ? [] : text.slice(equals + 1).split(',').map(numberOf)
  if (!isKind(name)) return unknown(name)
  switch (name) {
    case 'constant':
    case 'linear':
    case 'cosine':
      return equals < 0 ? { decay: { kind: name } } : wrongForm(name, text)
    case 'step':
    case 'plateau': {
      const [epochs, factor] = given
      if (epochs === undefined || factor === undefined || given.length > 2) return wrongForm(name, text)
      if (!Number.isInteger(epochs) || epochs < 1) return { error: `the epochs of ${text} are a whole number from 1` }
      return isFactor(factor) ? { decay: { kind: name, epochs, factor } } : wrongFactor(text)
    }
    case 'exponential': {
      const [factor] = given
      if (factor === undefined || given.length > 1) return wrongForm(name, text)
      return isFactor(factor) ? { decay: { kind: name, factor } } : wrongFactor(text)
    }
  }
}

/** NaN for what is no decimal number: `Number` would read an empty text as 0 and `0x10` as 16. */
const numberOf = (text: string): number => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN)

const isKind = (name: string): name is Decay['kind'] => Object.hasOwn(forms, name)

const isFactor = (factor: number): boolean => factor > 0 && factor <= 1

const wrongFactor = (text: string): Parsed => ({ error: `the factor of ${text} is a number above 0 and at most 1` })

const wrongForm = (name: Decay['kind'], text: string): Parsed => ({
  error: `this schedule is written ${forms[name]}, not ${text}`,
})

function unknown(name: string): Parsed {
  const near = didYouMean(name, Object.keys(forms))
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`
  return { error: `there is no schedule ${name || 'without a name'}${hint}; there are ${decayForms.join(', ')}` }
}
