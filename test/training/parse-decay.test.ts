import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decayForms, parseDecay } from '../../src/runtime/training/parse-decay.ts'

const s = suite('parse-decay')

s('a schedule is read from its name and numbers', () => {
  assert.equal(parseDecay('constant'), { decay: { kind: 'constant' } })
  assert.equal(parseDecay('linear'), { decay: { kind: 'linear' } })
  assert.equal(parseDecay('cosine'), { decay: { kind: 'cosine' } })
  assert.equal(parseDecay('step=10,0.1'), { decay: { kind: 'step', epochs: 10, factor: 0.1 } })
  assert.equal(parseDecay('step=3, 5e-1'), { decay: { kind: 'step', epochs: 3, factor: 0.5 } })
  assert.equal(parseDecay('exponential=.95'), { decay: { kind: 'exponential', factor: 0.95 } })
})

const forms = 'there are constant, linear, cosine, step=EPOCHS,FACTOR, exponential=FACTOR, plateau=EPOCHS,FACTOR'

s('what is no schedule is refused with what it should be', () => {
  for (const [text, error] of [
    ['cosin', `there is no schedule cosin (did you mean cosine?); ${forms}`],
    ['polynomial', `there is no schedule polynomial; ${forms}`],
    ['', `there is no schedule without a name; ${forms}`],
    ['toString', `there is no schedule toString; ${forms}`],
    ['cosine=0.1', 'this schedule is written cosine, not cosine=0.1'],
    ['linear=', 'this schedule is written linear, not linear='],
    ['step', 'this schedule is written step=EPOCHS,FACTOR, not step'],
    ['step=10', 'this schedule is written step=EPOCHS,FACTOR, not step=10'],
    ['step=10,0.1,3', 'this schedule is written step=EPOCHS,FACTOR, not step=10,0.1,3'],
    ['step=1.5,0.1', 'the epochs of step=1.5,0.1 are a whole number from 1'],
    ['step=0,0.1', 'the epochs of step=0,0.1 are a whole number from 1'],
    ['step=10,', 'the factor of step=10, is a number above 0 and at most 1'],
    ['step=10,2', 'the factor of step=10,2 is a number above 0 and at most 1'],
    ['exponential', 'this schedule is written exponential=FACTOR, not exponential'],
    ['exponential=0.9,2', 'this schedule is written exponential=FACTOR, not exponential=0.9,2'],
    ['exponential=0', 'the factor of exponential=0 is a number above 0 and at most 1'],
    ['exponential=0x1', 'the factor of exponential=0x1 is a number above 0 and at most 1'],
    ['exponential=fast', 'the factor of exponential=fast is a number above 0 and at most 1'],
  ] as const) {
    assert.equal(parseDecay(text), { error }, text)
  }
})

s('the forms are those of the messages', () => assert.is(`there are ${decayForms.join(', ')}`, forms))

s.run()
