import { suite } from 'uvu'
import { convolved } from '../primitives/convolved.ts'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'
import { samePads } from '../primitives/same-pads.ts'
import { computes, refuses, weightsIn } from './block.ts'

const s = suite('std/conv')

const biased = (y: NdArray, bias: NdArray): NdArray => fill(y.shape, (h, w, o) => at(y, h, w, o) + at(bias, o))

s('conv: Σ x[h·s + i·d, w·s + j·d, c] · kernel[i, j, c, o] + bias[o], by default 3x3, stride 1, without padding', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const weights = { 'y/conv/kernel': [3, 3, 3, 4], 'y/conv/bias': [4] }
    await computes('y = conv(x, 4)', { inputs: { x: [...size, 3] }, weights }, ({ x, ...of }) =>
      biased(convolved({})({ x, kernel: of['y/conv/kernel'] }, {}), of['y/conv/bias']),
    )
  }
})
s.run()
