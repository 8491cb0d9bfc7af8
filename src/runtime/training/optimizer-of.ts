import { adam } from './adam.ts'
import { adamw } from './adamw.ts'
import { momentum } from './momentum.ts'
import type { Optimizer } from './optimizer.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

/** Everything an optimiser can be told beyond the learning rate. */
interface Settings {
  /** μ, the part of the velocity that is kept in a step. */
  readonly momentum: number
  readonly nesterov: boolean
  /** λ: an L2 penalty in sgd and momentum, decoupled in adamw. */
  readonly weightDecay: number
  /** The part of the mean gradient that is kept in a step. */
  readonly beta1: number
  /** The part of the mean squared gradient that is kept in a step. */
  readonly beta2: number
  /** ρ, the part of the mean squared gradient that is kept in a step. */
  readonly rho: number
  /** Bounds the step where gradients vanish. */
  readonly epsilon: number
}

type SettingName = keyof Settings

interface Rule {
  readonly words: string
  readonly allows: (value: number | boolean) => boolean
  readonly range: string
}

const fraction = (words: string): Rule => ({
  words,
  allows: (value) => +value >= 0 && +value < 1,
  range: 'at least 0 and below 1',
})

const rules: Readonly<Record<SettingName, Rule>> = {
  momentum: fraction('momentum'),
  nesterov: { words: "Nesterov's form", allows: () => true, range: 'true or false' },
  weightDecay: { words: 'weight decay', allows: (value) => +value >= 0 && +value < Infinity, range: 'at least 0' },
  beta1: fraction('beta1'),
  beta2: fraction('beta2'),
  rho: fraction('rho'),
  epsilon: { words: 'epsilon', allows: (value) => +value > 0 && +value < Infinity, range: 'above 0' },
}

const settingNames: readonly SettingName[] = ['momentum', 'nesterov', 'weightDecay', 'beta1', 'beta2', 'rho', 'epsilon']

interface Entry {
  /** The learning rate when none is given. */
  readonly rate: number
  readonly reads: readonly SettingName[]
  readonly build: (given: Partial<Settings>) => Optimizer
}

/** An optimiser with a default for each setting it reads. */
const entry = <K extends SettingName>(
  rate: number,
  defaults: Pick<Settings, K>,
  of: (settings: Pick<Settings, K>) => Optimizer,
): Entry => ({
  rate,
  reads: settingNames.filter((name) => Object.hasOwn(defaults, name)),
  build: (given) => of({ ...defaults, ...given }),
})

const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }

/**
 * Defaults on which Keras 3 and PyTorch 2 agree, and else: epsilon and rmsprop's rho and rate as Keras (PyTorch: 1e-8, 0.99,
 * 0.01), adamw's decay as PyTorch (Keras: 0.004), the rate of sgd and momentum as Keras (PyTorch: 0.001).
 */
const optimizers = {
  sgd: entry(0.01, { weightDecay: 0 }, sgd),
  momentum: entry(0.01, { momentum: 0.9, nesterov: false, weightDecay: 0 }, momentum),
  adam: entry(0.001, moments, adam),
  adamw: entry(0.001, { ...moments, weightDecay: 0.01 }, adamw),
  rmsprop: entry(0.001, { rho: 0.9, epsilon: 1e-7 }, rmsprop),
}

export type OptimizerName = keyof typeof optimizers

export const optimizerNames: readonly OptimizerName[] = ['sgd', 'momentum', 'adam', 'adamw', 'rmsprop']

export interface OptimizerOptions extends Partial<Settings> {
  readonly name: OptimizerName
}

/** The learning rate an optimiser is used with when none is given. */
export const defaultRate = (name: OptimizerName): number => optimizers[name].rate

/** What is wrong with the options: a setting that the optimiser does not read, or a value out of its range. */
export function optimizerMistake(options: OptimizerOptions): string | undefined {
  const { name } = options
  for (const setting of settingNames) {
    const value = options[setting]
    if (value === undefined) continue
    const { words, allows, range } = rules[setting]
    if (!optimizers[name].reads.includes(setting)) return `${name} takes no ${words} (${readersOf(setting)})`
    if (!allows(value)) return `${words} is ${range}, not ${value}`
  }
  return undefined
}

function readersOf(setting: SettingName): string {
  const readers = optimizerNames.filter((name) => optimizers[name].reads.includes(setting))
  return readers.length === 1 ? `only ${readers[0]} does` : `${readers.slice(0, -1).join(', ')} and ${readers.at(-1)} do`
}

/**
 * The optimiser of a name, with the defaults for what is not given.
 *
 * @throws RangeError with the words of `optimizerMistake`
 */
export function optimizerOf(options: OptimizerOptions): Optimizer {
  const mistake = optimizerMistake(options)
  if (mistake !== undefined) throw new RangeError(mistake)
  const { name, ...given } = options
  return optimizers[name].build(given)
}
