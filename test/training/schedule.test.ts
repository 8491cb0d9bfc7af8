import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rateAt, type Decay } from '../../src/runtime/training/schedule.ts'
import { near } from './near.ts'

const s = suite('schedule')

/** Rates of a run of 10 epochs of 10 steps. */
const rates = (decay: Decay, steps: readonly number[], warmup = 0, losses: readonly number[] = []): readonly number[] =>
  steps.map((step) => rateAt({ rate: 0.2, decay, warmup }, { step, totalSteps: 100, stepsPerEpoch: 10, losses }))

s('constant stays', () => assert.equal(rates({ kind: 'constant' }, [1, 50, 100]), [0.2, 0.2, 0.2]))

s('linear falls by the same amount in every step, and would be 0 in the step after the last', () => {
  near(rates({ kind: 'linear' }, [1, 2, 51, 100, 101]), [0.2, 0.198, 0.1, 0.002, 0], 1e-15, 'linear')
})

s('cosine is half a period', () => {
  const expected = [0.2, 0.1 + 0.1 * Math.SQRT1_2, 0.1, 0.1 - 0.1 * Math.SQRT1_2, 0.1 - 0.1 * Math.cos(Math.PI / 100), 0]
  near(rates({ kind: 'cosine' }, [1, 26, 51, 76, 100, 101]), expected, 1e-15, 'cosine')
})

s('step falls after every so many epochs', () => {
  near(
    rates({ kind: 'step', epochs: 4, factor: 0.1 }, [1, 40, 41, 80, 81, 100]),
    [0.2, 0.2, 0.02, 0.02, 0.002, 0.002],
    1e-15,
    'step',
  )
})

s('exponential falls after every epoch', () => {
  const expected = [0.2, 0.2, 0.1, 0.2 * 0.5 ** 5, 0.2 * 0.5 ** 9]
  near(rates({ kind: 'exponential', factor: 0.5 }, [1, 10, 11, 55, 100]), expected, 1e-15, 'exponential')
})

s('plateau falls after so many epochs without a lower loss, and counts anew', () => {
  const decay: Decay = { kind: 'plateau', epochs: 2, factor: 0.1 }
  const rateAfter = (...losses: readonly number[]): number => rates(decay, [10 * losses.length + 1], 0, losses)[0]!
  near([rateAfter(), rateAfter(3, 2, 2)], [0.2, 0.2], 1e-15, 'not yet')
  near([rateAfter(3, 2, 2, 2.5), rateAfter(3, 2, 2, 2.5, 2), rateAfter(3, 2, 2, 2.5, 1)], [0.02, 0.02, 0.02], 1e-15, 'once')
  near([rateAfter(3, 2, 2, 2.5, 2, 2), rateAfter(3, 2, 2, 2.5, 1, 1, 1)], [0.002, 0.002], 1e-15, 'twice')
  near([rateAfter(NaN, NaN)], [0.02], 1e-15, 'losses that are no numbers are not lower')
})

s('a warm-up rises in a straight line to the whole rate in the step after it', () => {
  near(rates({ kind: 'constant' }, [1, 2, 3, 4, 5, 100], 4), [0.04, 0.08, 0.12, 0.16, 0.2, 0.2], 1e-15, 'constant')
  near(rates({ kind: 'linear' }, [1, 20, 21, 61, 100], 20), [0.2 / 21, 4 / 21, 0.2, 0.1, 0.0025], 1e-15, 'linear')
  near(rates({ kind: 'cosine' }, [1, 20, 21, 61, 101], 20), [0.2 / 21, 4 / 21, 0.2, 0.1, 0], 1e-15, 'cosine')
  near(rates({ kind: 'exponential', factor: 0.5 }, [11, 20, 21], 15), [0.1 * 11 / 16, 0.1, 0.05], 1e-15, 'exponential')
})

s('a run that is shorter than its warm-up only rises', () => {
  near(rates({ kind: 'cosine' }, [1, 100], 100), [0.2 / 101, 20 / 101], 1e-15, 'as long')
  near(rates({ kind: 'linear' }, [1, 100], 199), [0.001, 0.1], 1e-15, 'longer')
})

s.run()
